"""Routes of finance."""

from trunnion.kernel.web.routes import Room

from . import queries

room = Room("finance")
room.listing("/costs", queries.COSTS)
room.detail("/orders/{order_id}/cost", queries.cost_of_order, queries.READ)
room.detail("/assets/{asset_id}/cost", queries.cost_of_asset, queries.READ)
