"""Routes of work."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from trunnion.kernel.database import reading
from trunnion.kernel.web.answers import asked_language
from trunnion.kernel.web.contents import hand
from trunnion.kernel.web.request import context_of
from trunnion.kernel.web.routes import Room, check

from . import queries
from .commands import board, downtime, failure, follow_up, labour, order, part, position, procedure, task
from .policies import READ
from .queries import lists


def order_report(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The report of finished work as a PDF, in one's own language or in the one that is asked for."""
    ctx = context_of(request)
    check(ctx, READ)
    with reading(ctx.organisation_id):
        made = queries.get_report(ctx, order_id, asked_language(request))
    return hand(made.content, made.name)


room = Room("work")
room.detail("/board", queries.get_board, READ, is_large=True)
room.verb("/board_limits/set", board.set_)
room.detail("/mine", queries.get_mine, READ, is_large=True)
room.listing("/orders", lists.ORDERS)
room.verb("/orders/create", order.create)
room.detail("/orders/{order_id}", queries.get_order, READ)
room.detail("/orders/{order_id}/duplicates", queries.list_duplicates, READ)
room.plain("GET", "/orders/{uuid:order_id}/report.pdf", order_report, READ)
room.edit("/orders/{order_id}", order.edit)
room.verb("/orders/{order_id}/switch", order.switch)
room.verb("/orders/{order_id}/submit", order.submit)
room.verb("/orders/{order_id}/approve", order.approve)
room.verb("/orders/{order_id}/reject", order.reject)
room.verb("/orders/{order_id}/plan", order.plan)
room.verb("/orders/{order_id}/dispatch", order.dispatch)
room.verb("/orders/{order_id}/assign", order.assign)
room.verb("/orders/{order_id}/grab", order.grab)
room.verb("/orders/{order_id}/accept", order.accept)
room.verb("/orders/{order_id}/decline", order.decline)
room.verb("/orders/{order_id}/depart", order.depart)
room.verb("/orders/{order_id}/arrive", order.arrive)
room.verb("/orders/{order_id}/start", order.start)
room.verb("/orders/{order_id}/wait", order.wait)
room.verb("/orders/{order_id}/resume", order.resume)
room.verb("/orders/{order_id}/complete", order.complete)
room.verb("/orders/{order_id}/confirm", order.confirm)
room.verb("/orders/{order_id}/refuse", order.refuse)
room.verb("/orders/{order_id}/close", order.close)
room.verb("/orders/{order_id}/reopen", order.reopen)
room.verb("/orders/{order_id}/cancel", order.cancel)
room.verb("/orders/{order_id}/merge", order.merge)
room.verb("/orders/{order_id}/unmerge", order.unmerge)
room.detail("/orders/{order_id}/procedures", queries.list_procedures, READ)
room.verb("/order_procedures/attach", procedure.attach)
room.verb("/order_procedures/{order_procedure_id}/detach", procedure.detach)
room.detail("/trends/{asset_id}", queries.get_trends, READ)
room.verb("/tasks/add", task.add)
room.verb("/tasks/{task_id}/answer", task.answer)
room.verb("/tasks/{task_id}/drop", task.drop)
room.listing("/labour", lists.LABOUR)
room.verb("/labour/record", labour.record)
room.verb("/labour/begin", labour.begin)
room.verb("/labour/finish", labour.finish)
room.verb("/labour/{labour_id}/reverse", labour.reverse)
room.listing("/parts", lists.PARTS)
room.detail("/orders/{order_id}/sources", queries.get_sources, READ)
room.verb("/parts/plan", part.plan)
room.verb("/parts/{part_id}/reserve", part.reserve)
room.verb("/parts/{part_id}/drop", part.drop)
room.verb("/parts/{part_id}/issue", part.issue)
room.verb("/parts/{part_id}/return", part.return_)
room.listing("/failures", lists.FAILURES)
room.verb("/failures/record", failure.record)
room.edit("/failures/{failure_id}", failure.edit)
room.verb("/failures/{failure_id}/withdraw", failure.withdraw)
room.listing("/downtimes", lists.DOWNTIMES)
room.verb("/downtimes/begin", downtime.begin)
room.verb("/downtimes/{downtime_id}/end", downtime.end)
room.verb("/position/share", position.share)
room.verb("/position/tell", position.tell)
room.verb("/position/stop", position.stop)
room.verb("/follow_ups/create", follow_up.create)
