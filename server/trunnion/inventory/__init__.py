"""Inventory: where parts lie, what they cost, who they are kept for; every change is a movement between two places."""
