"""The bank: money that comes in for orders."""
