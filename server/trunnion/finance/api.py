"""Routes of finance."""

from trunnion.kernel.web.routes import Room

from . import commands, queries

room = Room("finance")
room.listing("/costs", queries.COSTS)
room.detail("/orders/{order_id}/cost", queries.cost_of_order, queries.READ)
room.detail("/assets/{asset_id}/cost", queries.cost_of_asset, queries.READ)
room.listing("/disposals", queries.DISPOSALS)
room.listing("/depreciation_rules", queries.RULES)
room.verb("/depreciation_rules/set", commands.set_rule)
room.verb("/depreciation_rules/{rule_id}/remove", commands.remove_rule)
