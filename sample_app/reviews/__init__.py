"""Reviews: what customers write, and what of it the shop shows."""
