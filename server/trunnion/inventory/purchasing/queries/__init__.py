"""Reads of purchasing that other rooms and the clients use."""

from . import lists
from .detail import get_purchase
from .levels import incoming
from .replenishing import get_demand, get_suggestions
from .sheet import get_sheet

__all__ = ["get_demand", "get_purchase", "get_sheet", "get_suggestions", "incoming", "lists"]
