"""What each actor sees of labels: the templates and printers of the house, and their own prints."""

from django.db.models import Q

from trunnion.kernel.context import Context, Everything
from trunnion.kernel.policies import sees

from .models import LabelPrint


@sees(LabelPrint)
def prints(ctx: Context) -> Q:
    """One's own prints; the records on them are looked up with the rights of whoever asks."""
    return Q() if isinstance(ctx.grants, Everything) else Q(printed_by_id=ctx.actor_id)
