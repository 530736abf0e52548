"""Reads of parties and contacts for handover formats: many whole records in a few queries."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from trunnion.kernel.context import Context
from trunnion.kernel.policies import visible

from .models import Contact

STEP = 500


class ContactFacts(msgspec.Struct, frozen=True):
    """A person at a party as a handover tells of them."""

    id: UUID
    party_id: UUID
    company: str
    name: str
    role: str
    department: str
    phone: str
    email: str
    created_at: datetime


_CONTACT = (
    "id", "party_id", "party__name", "name", "role", "department", "phone", "email", "created_at",
)  # fmt: skip


def find_contacts(ctx: Context, contact_ids: Iterable[UUID]) -> dict[UUID, ContactFacts]:
    """Several contacts by their ids."""
    rows = _by(visible(ctx, Contact), "id", contact_ids)
    return {values[0]: ContactFacts(*values) for part in rows for values in part.values_list(*_CONTACT)}


def contacts_at(ctx: Context, party_ids: Iterable[UUID]) -> list[ContactFacts]:
    """The contacts of several parties, each party's primary one first."""
    rows = _by(visible(ctx, Contact), "party_id", party_ids)
    ordered = (part.order_by("party_id", "-is_primary", "id").values_list(*_CONTACT) for part in rows)
    return [ContactFacts(*values) for part in ordered for values in part]


def _by(rows: Any, column: str, values: Iterable[Any]) -> Iterator[Any]:
    listed = list(values)
    for start in range(0, len(listed), STEP):
        yield rows.filter(**{f"{column}__in": listed[start : start + STEP]})
