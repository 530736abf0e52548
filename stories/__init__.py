"""Tests across rooms, told as a user would tell them."""
