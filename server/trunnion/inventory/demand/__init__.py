"""A smaller room of inventory: how much of an item will be needed, told from what was consumed."""
