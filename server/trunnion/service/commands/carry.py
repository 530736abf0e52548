"""What was sent with a request and arrives after it became an order goes on to the order."""

from uuid import UUID

from trunnion.attach.queries import files_of
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.policies import take
from trunnion.service.models import Request

from .becoming import put_files


@command("service.request.carry_files")
def carry_files(ctx: Context, request_id: UUID) -> None:
    """Puts the files of a request to its order as well; a second time changes nothing."""
    row = take(ctx, Request, request_id)
    if row.order_id is not None:
        put_files(ctx, row, row.order.survivor_id or row.order_id)


def missing(ctx: Context, request_id: UUID) -> bool:
    """Whether the order of a request lacks one of its files."""
    row = Request.objects.of(ctx).select_related("order").filter(id=request_id).first()
    if row is None or row.order_id is None:
        return False
    sent = {f.file_id for f in files_of(ctx, Request.kind, request_id)}
    held = {f.file_id for f in files_of(ctx, "work.order", row.order.survivor_id or row.order_id)}
    return bool(sent - held)
