"""Starts orders."""

from trunnion.assets import commands as assets
from trunnion.work.models import Order


def start(ctx, order_id):
    order = Order.objects.of(ctx).get(id=order_id)
    order.save()
    Order.objects.bulk_create([order])
    assets.mark_down(ctx, order.asset_id)
    return order.asset.name
