"""The lists of purchasing."""

from trunnion.inventory.purchasing.models import (
    PurchaseLine,
    PurchaseOrder,
    ReceiptLine,
    ReplenishmentPolicy,
    SupplierTerm,
)
from trunnion.inventory.purchasing.states import PurchaseState
from trunnion.inventory.purchasing.types import ReceiptKind, ReplenishmentMethod
from trunnion.kernel.listing.columns import Column, Listing, Type
from trunnion.kernel.permissions import declare

READ_PURCHASES = declare("inventory.purchase_order.read")
READ_TERMS = declare("inventory.supplier_term.read")
READ_RECEIPTS = declare("inventory.receipt.read")
READ_REPLENISHMENT = declare("inventory.replenishment.read")
_STATES = "state.inventory.purchase_order"

PURCHASES = Listing(
    name="inventory.purchase_orders",
    model=PurchaseOrder,
    permission=READ_PURCHASES,
    order="-created_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("number", path="number", sort="number"),
        Column("state", Type.CHOICE, path="state", choices=PurchaseState, words=_STATES),
        Column("supplier", path="party__name"),
        Column("store", path="store__name"),
        Column("amount", Type.DECIMAL, path="amount", summed=True, currency="currency"),
        Column("currency", path="currency"),
        Column("expected_on", Type.DATE, path="expected_on", sort="expected_on"),
        Column("asked_by_name", path="asked_by_name"),
        Column("ordered_at", Type.INSTANT, path="ordered_at"),
        Column("external_id", path="external_id"),
        Column("remark", path="remark"),
        Column("created_at", Type.INSTANT, path="created_at", sort="created_at"),
        Column("party_id", Type.REFERENCE, path="party_id", refers_to="parties.party", hidden=True),
        Column("store_id", Type.REFERENCE, path="store_id", refers_to="inventory.store", hidden=True),
    ),
)
PURCHASE_LINES = Listing(
    name="inventory.purchase_lines",
    model=PurchaseLine,
    permission=READ_PURCHASES,
    order="-created_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("number", path="order__number"),
        Column("state", Type.CHOICE, path="order__state", choices=PurchaseState, words=_STATES),
        Column("supplier", path="order__party__name"),
        Column("item_code", path="item__code"),
        Column("item_name", path="item__name"),
        Column("quantity", Type.DECIMAL, path="quantity"),
        Column("received", Type.DECIMAL, path="received"),
        Column("rejected", Type.DECIMAL, path="rejected"),
        Column("returned", Type.DECIMAL, path="returned"),
        Column("unit", path="unit"),
        Column("price", Type.DECIMAL, path="price"),
        Column("currency", path="order__currency"),
        Column("needed_on", Type.DATE, path="needed_on"),
        Column("expected_on", Type.DATE, path="order__expected_on"),
        Column("reason", path="reason"),
        Column("created_at", Type.INSTANT, path="created_at", sort="created_at"),
        Column(
            "purchase_id", Type.REFERENCE, path="order_id", refers_to="inventory.purchase_order", hidden=True
        ),
        Column("item_id", Type.REFERENCE, path="item_id", refers_to="catalog.item", hidden=True),
    ),
)
TERMS = Listing(
    name="inventory.supplier_terms",
    model=SupplierTerm,
    permission=READ_TERMS,
    order="-from_on",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("item_code", path="item__code"),
        Column("item_name", path="item__name"),
        Column("supplier", path="party__name"),
        Column("price", Type.DECIMAL, path="price"),
        Column("currency", path="currency"),
        Column("unit", path="unit"),
        Column("minimum", Type.DECIMAL, path="minimum"),
        Column("lead_days", Type.NUMBER, path="lead_days"),
        Column("from_on", Type.DATE, path="from_on", sort="from_on"),
        Column("until_on", Type.DATE, path="until_on"),
        Column("contract", path="contract"),
        Column("version", Type.NUMBER, path="version", hidden=True),
        Column("item_id", Type.REFERENCE, path="item_id", refers_to="catalog.item", hidden=True),
        Column("party_id", Type.REFERENCE, path="party_id", refers_to="parties.party", hidden=True),
    ),
)
RECEIPTS = Listing(
    name="inventory.receipts",
    model=ReceiptLine,
    permission=READ_RECEIPTS,
    order="-created_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("number", path="receipt__number"),
        Column(
            "kind",
            Type.CHOICE,
            path="receipt__receipt_kind",
            choices=ReceiptKind,
            words="choice.inventory.receipt.kind",
        ),
        Column("purchase", path="receipt__order__number"),
        Column("supplier", path="receipt__order__party__name"),
        Column("item_code", path="line__item__code"),
        Column("item_name", path="line__item__name"),
        Column("accepted", Type.DECIMAL, path="accepted"),
        Column("rejected", Type.DECIMAL, path="rejected"),
        Column("returned", Type.DECIMAL, path="returned"),
        Column("unit", path="line__unit"),
        Column("reason", path="reason"),
        Column("paper", path="receipt__paper"),
        Column("recorded_by_name", path="receipt__recorded_by_name"),
        Column("happened_at", Type.INSTANT, path="receipt__happened_at"),
        Column("created_at", Type.INSTANT, path="created_at", sort="created_at"),
        Column(
            "purchase_id",
            Type.REFERENCE,
            path="receipt__order_id",
            refers_to="inventory.purchase_order",
            hidden=True,
        ),
    ),
)
POLICIES = Listing(
    name="inventory.replenishment",
    model=ReplenishmentPolicy,
    permission=READ_REPLENISHMENT,
    order="created_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("item_code", path="item__code"),
        Column("item_name", path="item__name"),
        Column("store", path="store__name"),
        Column(
            "method", Type.CHOICE, path="method", choices=ReplenishmentMethod,
            words="choice.inventory.replenishment.method",
        ),
        Column("minimum", Type.DECIMAL, path="minimum"),
        Column("maximum", Type.DECIMAL, path="maximum"),
        Column("service_level", Type.DECIMAL, path="service_level"),
        Column("lead_days", Type.NUMBER, path="lead_days"),
        Column("cover_days", Type.NUMBER, path="cover_days"),
        Column("supplier", path="party__name"),
        Column("created_at", Type.INSTANT, path="created_at", sort="created_at"),
        Column("item_id", Type.REFERENCE, path="item_id", refers_to="catalog.item", hidden=True),
        Column("store_id", Type.REFERENCE, path="store_id", refers_to="inventory.store", hidden=True),
    ),
)  # fmt: skip
