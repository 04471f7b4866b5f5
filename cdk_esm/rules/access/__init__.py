"""ESM4xx: permissions, accounts, Regions and networks."""
