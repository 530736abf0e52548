"""Reactions of knowledge: a new organisation receives the shipped codes."""

from trunnion.identity.events import OrganisationFounded
from trunnion.kernel.context import Context
from trunnion.kernel.events import on

from . import commands


@on(OrganisationFounded)
def seed_failure_codes(ctx: Context, _event: OrganisationFounded) -> None:
    """Seeds the code lists; what is there already stays."""
    commands.seed(ctx)
