"""ESM0xx: the call itself."""
