"""The report of finished work for whoever asked for it, in their language."""

from uuid import UUID

from trunnion.kernel.context import Context
from trunnion.kernel.errors import NotVisible
from trunnion.kernel.policies import get
from trunnion.service.models import Request
from trunnion.service.rules import privacy
from trunnion.work.queries import get_order_card, get_report
from trunnion.work.types import Paper

from . import callers
from .standing import case_of, request_by_id


def report_by_link(ctx: Context, request_id: UUID) -> Paper:
    """The report behind a progress link; raises NotVisible where another report led to the work."""
    case = case_of(ctx, request_by_id(ctx, request_id))
    if case.order is None or case.is_merged:
        raise NotVisible
    card = get_order_card(ctx, case.order["id"])
    engineer = privacy.first_name(card.leading_name, ctx.language) if card.leading_name else ""
    return get_report(ctx, card.id, ctx.language, engineer)


def report_of_own(ctx: Context, request_id: UUID) -> Paper:
    """The same of a signed-in customer's own request; raises NotVisible."""
    row = get(ctx, Request, request_id)
    return report_by_link(callers.reading(ctx.organisation_id, ctx.language), row.id)
