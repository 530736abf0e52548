"""The trades as data files, read and held to their form."""

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from trunnion.integrations.demo.types import Trade, TradeKey

FOLDER = Path(__file__).parent


@cache
def read_trade(key: TradeKey) -> Trade:
    """The template of a trade."""
    return msgspec.convert(tomllib.loads((FOLDER / f"{key}.toml").read_text("utf-8")), Trade)
