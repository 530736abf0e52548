"""Reads of assets that other rooms and the clients use."""
