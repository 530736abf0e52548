"""Tables of which two rows can turn out to be one thing: what a merged row keeps, and who belongs together."""

from collections.abc import Iterable
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from .context import Context
from .fields import reference
from .policies import KINDS
from .references import most_values
from .tables import Row

# A fact, or several that only make sense together, such as a price and its currency.
Facts = tuple[str | tuple[str, ...], ...]


class Mergeable(Row):
    """A row that can be merged into another of its table; it stays, out of every list, and can be taken out again.

    All that were ever merged into one row point straight at the one that stands.
    """

    is_mergeable = True
    # What the row that stays takes over where it has nothing of its own.
    merge_facts: ClassVar[Facts] = ()

    # Columns that follow from the rows that are merged now, and not from what they were then.
    merge_derived: ClassVar[frozenset[str]] = frozenset({"also_known"})

    merged_into = reference("self", null=True)
    merged_at = models.DateTimeField(null=True, editable=False)
    # The entry of the journal that holds what the merge did, and an id that was made when it was complete.
    merge_entry_id = models.UUIDField(null=True, editable=False)
    merge_until_id = models.UUIDField(null=True, editable=False)
    # What merged rows were called: the index finds the one that stands by it.
    also_known = models.TextField(blank=True, default="", editable=False)

    class Meta(Row.Meta):
        abstract = True
        base_manager_name = "objects"


def family_of(ctx: Context, kind: str, row_ids: Iterable[UUID]) -> list[UUID]:
    """These records and whatever was merged into them: whose history belongs together."""
    ids = list(dict.fromkeys(row_ids))
    step = most_values()
    found = list(ids)
    for start in range(0, len(ids), step):
        rows = KINDS[kind].objects.of(ctx).filter(merged_into_id__in=ids[start : start + step])
        found += rows.values_list("id", flat=True)
    return list(dict.fromkeys(found))


def standing(ctx: Context, kind: str, row_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Each of these records with the one that stands for it: itself, or what it was merged into."""
    ids = list(dict.fromkeys(row_ids))
    found = {row_id: row_id for row_id in ids}
    step = most_values()
    for start in range(0, len(ids), step):
        rows = KINDS[kind].objects.of(ctx).filter(id__in=ids[start : start + step], merged_into__isnull=False)
        found.update(rows.values_list("id", "merged_into_id"))
    return found


def standing_id(model: Any) -> Any:
    """The id of the record that stands for a row, as an expression over the table's rows."""
    return Coalesce("merged_into_id", "id") if model.is_mergeable else F("id")


def of_family(ctx: Context, kind: str, source: str, operator: str, value: Any) -> Q:
    """The condition of a list's filter that a reference names a record, or what is one with it by a merge.

    A view that was saved before the record was merged means the one that stands for it now.
    """
    if operator == "is_null":
        return Q(**{f"{source}__isnull": value})
    family = family_of(ctx, kind, standing(ctx, kind, value if operator == "in" else [value]).values())
    found = Q(**{f"{source}__in": family})
    return ~found if operator == "ne" else found


def matching(ctx: Context, kind: str | None, source: str) -> Any:
    """How a list's reference to such a table is filtered; None for any other table."""
    if kind is None or kind not in KINDS or not KINDS[kind].is_mergeable:
        return None
    return partial(of_family, ctx, kind, source)
