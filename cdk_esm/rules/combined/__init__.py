"""ESM2xx: values that do not go together."""
