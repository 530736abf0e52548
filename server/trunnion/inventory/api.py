"""Routes of inventory."""

from trunnion.kernel.web.routes import Room

from . import queries
from .commands import bins, movement, period, shortage, stock, store
from .queries import lists

room = Room("inventory")
room.listing("/stores", lists.STORES)
room.verb("/stores/create", store.create)
room.detail("/stores/{store_id}", queries.get_store, lists.READ_STORES)
room.edit("/stores/{store_id}", store.edit)
room.verb("/stores/{store_id}/close", store.close)
room.verb("/stores/{store_id}/reopen", store.reopen)
room.listing("/bins", lists.BINS)
room.verb("/bins/create", bins.create)
room.detail("/bins/{bin_id}", queries.get_bin, lists.READ_BINS)
room.edit("/bins/{bin_id}", bins.edit)
room.detail("/scan", queries.scan, lists.READ_STOCK)
room.listing("/stock", lists.STOCK)
room.listing("/values", lists.VALUES)
room.listing("/balances", lists.BALANCES)
room.detail("/items/{item_id}", queries.get_item_stock, lists.READ_STOCK)
room.verb("/stock/receive", stock.receive)
room.verb("/stock/transfer", stock.transfer)
room.verb("/stock/scrap", stock.scrap)
room.verb("/stock/adjust", stock.adjust)
room.listing("/movements", lists.MOVEMENTS)
room.verb("/movements/{movement_id}/reverse", movement.reverse)
room.listing("/reservations", lists.RESERVATIONS)
room.listing("/shortages", lists.SHORTAGES)
room.verb("/shortages/{shortage_id}/expect", shortage.expect)
room.listing("/lots", lists.LOTS)
room.listing("/serials", lists.SERIALS)
room.detail("/period", queries.get_period, "inventory.period.read")
room.verb("/period/close", period.close)
room.verb("/period/reopen", period.reopen)
