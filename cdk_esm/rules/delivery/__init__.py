"""ESM3xx: what is delivered, when, and where it ends."""
