"""Reactions of catalog."""

from trunnion.identity.events import OrganisationFounded
from trunnion.kernel.context import Context
from trunnion.kernel.events import on
from trunnion.parties.events import PartyRenamed

from .commands import equipment_class, model


@on(OrganisationFounded)
def give_classes(ctx: Context, event: OrganisationFounded) -> None:
    """A new organisation gets the shipped equipment classes."""
    equipment_class.seed(ctx.with_(organisation_id=event.organisation_id))


@on(PartyRenamed)
def find_by_new_name(ctx: Context, event: PartyRenamed) -> None:
    """Manufacturers' models are found by their new names."""
    model.refresh(ctx, manufacturer_ids=event.ids)
