"""Reads of assets that other rooms and the clients use; the names below are what rooms above build on."""

from trunnion.assets.policies import within

from . import handover, lists, narrowing, worth
from .assets import get_asset_card, get_asset_cards
from .certificates import may_be_used
from .codes import find_asset_by_token, get_asset_by_token
from .file import file_section
from .history import find_interval_at, find_total_at, intervals_caused_by, list_intervals, meters_named
from .own import get_own_facts, list_sites
from .places import get_location_card, is_merged, places_of

__all__ = [
    "file_section",
    "find_asset_by_token",
    "find_interval_at",
    "find_total_at",
    "get_asset_by_token",
    "get_asset_card",
    "get_asset_cards",
    "get_location_card",
    "get_own_facts",
    "handover",
    "intervals_caused_by",
    "is_merged",
    "list_intervals",
    "list_sites",
    "lists",
    "may_be_used",
    "meters_named",
    "narrowing",
    "places_of",
    "within",
    "worth",
]  # fmt: skip
