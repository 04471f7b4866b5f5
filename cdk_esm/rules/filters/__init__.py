"""ESM5xx: filter patterns."""
