"""The formats that the whole register is written in: who may, how the file is called, what writes it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from trunnion.integrations.brick import writer as brick
from trunnion.integrations.geojson import writer as geojson
from trunnion.integrations.haystack import writer as haystack
from trunnion.kernel.context import Context


@dataclass(frozen=True, slots=True)
class Format:
    """One of them."""

    permission: str
    ending: str
    write: Callable[[Context, Path], int]


FORMATS = {
    "geojson": Format("integrations.geojson.export", "geojson", geojson.write),
    "haystack.json": Format("integrations.haystack.export", "haystack.json", haystack.hayson),
    "haystack.zinc": Format("integrations.haystack.export", "zinc", haystack.zinc),
    "brick": Format("integrations.brick.export", "ttl", brick.write),
}
