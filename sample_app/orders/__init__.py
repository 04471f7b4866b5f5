"""Orders: customers place them, each on its own, in any order."""
