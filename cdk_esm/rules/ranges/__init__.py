"""ESM1xx: one value that AWS does not take."""
