"""What a deployment does to the mappings that are there: two sides, their changes, and how they are told."""
