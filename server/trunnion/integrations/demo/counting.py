"""How many rows of each kind an organisation has: what a load says, and what a removal takes away."""

from collections.abc import Callable, Mapping
from uuid import UUID

from trunnion.kernel.database import reading
from trunnion.kernel.policies import KINDS
from trunnion.kernel.words import say

# What a person looks for first; the rest follows by its number.
FIRST = ("assets.location", "assets.asset", "work.order", "service.request")


def rows_by_kind(organisation_id: UUID) -> dict[str, int]:
    """The rows of each kind of record, those that there are none of left out."""
    with reading(organisation_id):
        counts = {kind: model.objects.of(organisation_id).count() for kind, model in KINDS.items()}
    return {kind: count for kind, count in counts.items() if count}


def by_kind(tables: Mapping[str, int]) -> dict[str, int]:
    """Rows by table as rows by kind; what is no kind of its own, as the journal, stands under an empty name."""
    kinds = {model._meta.db_table: kind for kind, model in KINDS.items()}
    found: dict[str, int] = {}
    for table, count in tables.items():
        if count:
            kind = kinds.get(table, "")
            found[kind] = found.get(kind, 0) + count
    return found


def tell(counts: Mapping[str, int], told: Callable[[str], None]) -> None:
    """A line for each kind, in both languages."""
    rank = {kind: place for place, kind in enumerate(FIRST)}
    for kind, count in sorted(counts.items(), key=lambda pair: (rank.get(pair[0], len(rank)), -pair[1])):
        words = "Journal, search index and the like 日志、索引等"
        if kind:
            words = " ".join(dict.fromkeys(say(f"kind.{kind}", language) for language in ("en", "zh-CN")))
        told(f"  {count:>8}  {words}")
