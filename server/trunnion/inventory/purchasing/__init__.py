"""A smaller room of inventory: what is bought, from whom, for how much, and what of it came."""
