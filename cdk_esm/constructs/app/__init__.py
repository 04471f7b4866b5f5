"""The app around a construct: where it is, what was made in it before, and what is judged at its synthesis."""
