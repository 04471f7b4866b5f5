"""The resources of a bundle: those that exist are read, new ones are made."""
