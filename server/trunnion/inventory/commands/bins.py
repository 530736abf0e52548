"""Verbs on bins: the shelves and drawers of a store."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.identity.types import Done
from trunnion.inventory.models import Balance, Bin, Store
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Refusal
from trunnion.kernel.inputs import Code, Line
from trunnion.kernel.policies import refer, take

Label = Annotated[Line, Field(max_length=200)]


@command("inventory.bin.create")
def create(ctx: Context, store_id: UUID, code: Code, name: Label = "") -> Done:
    """Adds a bin to a store."""
    refer(ctx, Store.kind, store_id, "/store_id")
    row = Bin(store_id=store_id, code=code, name=name)
    row.save()
    return Done(row.id, row.version)


@command("inventory.bin.edit")
def edit(ctx: Context, bin_id: UUID, name: Label = UNSET, is_active: bool = UNSET) -> Done:
    """Renames a bin, or takes it out of use; its code stays, because labels bear it."""
    row = take(ctx, Bin, bin_id)
    changes = given(name=name, is_active=is_active)
    if (
        changes.get("is_active") is False
        and Balance.objects.of(ctx).filter(bin_id=row.id, on_hand__gt=0).exists()
    ):
        raise Refusal("bin.not_empty", code_of=row.code)
    for field, value in changes.items():
        setattr(row, field, value)
    row.save()
    return Done(row.id, row.version)
