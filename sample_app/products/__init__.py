"""Products: the table that the back office keeps, and what of it the shop shows."""
