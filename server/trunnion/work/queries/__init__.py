"""Reads of work that other rooms and the clients use; the names below are what rooms above build on."""

from . import file_sections, lists, narrowing, signed
from .board import get_board
from .cards import find_orders_of_asset, get_labour_card, get_order_card
from .cost import Cost, cost_of
from .detail import get_order
from .field import get_mine
from .lines import shown_value, tasks_of
from .position import Nearby, find_nearby
from .procedures import get_trends, list_procedures
from .report import get_report
from .sources import get_sources, has_parts, order_of_part
from .triage import likely_duplicates, list_duplicates

__all__ = [
    "Cost", "Nearby", "cost_of", "file_sections", "find_nearby", "find_orders_of_asset", "get_board",
    "get_labour_card", "get_mine", "get_order", "get_order_card", "get_report", "get_sources", "get_trends",
    "has_parts", "likely_duplicates", "list_duplicates", "list_procedures", "lists", "narrowing",
    "order_of_part", "shown_value", "signed", "tasks_of",
]  # fmt: skip
