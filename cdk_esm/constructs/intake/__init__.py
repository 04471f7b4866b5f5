"""The edge: what users hand in, and whether it can be taken."""
