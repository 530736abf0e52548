"""Reads of inventory that other rooms and the clients use; the names below are what rooms above build on."""

from . import lists
from .cards import find_store, find_stores, get_bin, get_item_stock, get_period, get_store, list_stores, scan
from .levels import in_stores, shortages_of, standing_of, stock_of_item

__all__ = [
    "find_store", "find_stores", "get_bin", "get_item_stock", "get_period", "get_store", "in_stores", "list_stores",
    "lists", "scan", "shortages_of", "standing_of", "stock_of_item",
]  # fmt: skip
