"""Every write of assets, by noun."""

from . import (
    asset,
    asset_batch,
    batch,
    group,
    interval,
    life,
    location,
    location_batch,
    location_merge,
    meter,
    placing,
    position,
    qr,
    reading,
    relation,
    relation_batch,
)

__all__ = [
    "asset", "asset_batch", "batch", "group", "interval", "life", "location", "location_batch", "location_merge",
    "meter", "placing", "position", "qr", "reading", "relation", "relation_batch",
]  # fmt: skip
