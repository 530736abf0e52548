"""Routes of inventory."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from trunnion.kernel.database import reading
from trunnion.kernel.web.answers import asked_language
from trunnion.kernel.web.contents import hand
from trunnion.kernel.web.request import context_of
from trunnion.kernel.web.routes import Room, check

from . import queries
from .commands import bins, movement, period, shortage, stock, store
from .purchasing import queries as purchasing
from .purchasing.commands import order, receiving, replenishment, term
from .purchasing.queries import lists as purchases
from .queries import lists


def purchase_sheet(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """A purchase order as a PDF, in one's own language or in the one that is asked for."""
    ctx = context_of(request)
    check(ctx, purchases.READ_PURCHASES)
    with reading(ctx.organisation_id):
        content, name = purchasing.get_sheet(ctx, order_id, asked_language(request))
    return hand(content, name)


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
room.listing("/supplier_terms", purchases.TERMS)
room.verb("/supplier_terms/create", term.create)
room.edit("/supplier_terms/{term_id}", term.edit)
room.verb("/supplier_terms/{term_id}/remove", term.remove)
room.listing("/purchase_orders", purchases.PURCHASES)
room.listing("/purchase_lines", purchases.PURCHASE_LINES)
room.listing("/receipts", purchases.RECEIPTS)
room.verb("/purchase_orders/create", order.create)
room.verb("/purchase_orders/bring", order.bring)
room.detail("/purchase_orders/{order_id}", purchasing.get_purchase, purchases.READ_PURCHASES)
room.plain("GET", "/purchase_orders/{uuid:order_id}/order.pdf", purchase_sheet, purchases.READ_PURCHASES)
room.edit("/purchase_orders/{order_id}", order.edit)
room.verb("/purchase_orders/{order_id}/set_lines", order.set_lines)
room.verb("/purchase_orders/{order_id}/request", order.request)
room.verb("/purchase_orders/{order_id}/revise", order.revise)
room.verb("/purchase_orders/{order_id}/order", order.order)
room.verb("/purchase_orders/{order_id}/close", order.close)
room.verb("/purchase_orders/{order_id}/cancel", order.cancel)
room.verb("/purchase_orders/{order_id}/receive", receiving.receive)
room.verb("/purchase_orders/{order_id}/send_back", receiving.send_back)
room.listing("/replenishment", purchases.POLICIES)
room.detail("/replenishment/suggestions", purchasing.get_suggestions, purchases.READ_REPLENISHMENT)
room.verb("/replenishment/set", replenishment.set_)
room.verb("/replenishment/draft", replenishment.draft)
room.verb("/replenishment/{policy_id}/remove", replenishment.remove)
room.detail("/demand/{item_id}", purchasing.get_demand, purchases.READ_REPLENISHMENT)
