"""Reads orders."""

from trunnion.work.models import Order


def list_orders(ctx, cursor, extra):
    return Order.objects.of(ctx).filter(after=cursor(), more=extra()).order_by("number")
