"""Starts orders."""

from django.apps import apps

from trunnion.work.models import Order


def start(ctx, order_id):
    order = Order.objects.get(id=order_id)  # bad
    every = Order.objects.all()  # bad
    past = Order._base_manager.count()  # bad
    order.asset.save()  # bad
    return apps.get_model("assets", "Asset"), every, past  # bad
