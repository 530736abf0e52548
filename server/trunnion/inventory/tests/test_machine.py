"""The ledger against a small model of itself, by any sequence of verbs."""

from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from trunnion.inventory.commands import movement, reservation, stock
from trunnion.inventory.models import Consumption, Movement, Stock
from trunnion.inventory.tests.builders import NEED, Depot, check_books, need
from trunnion.inventory.types import TransferLine
from trunnion.kernel.errors import Refusal

AMOUNT = st.decimals("0.01", "20", places=2)
COST = st.none() | st.decimals("0", "99.999999", places=6)
TRIED = 6


class Books(RuleBasedStateMachine):
    """Every example has an item of its own, kept by lots or not, and needs of its own."""

    depot: Depot
    counted = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).counted += 1
        self.is_lotted = bool(self.counted % 2)
        self.oil = self.depot.item(
            f"OIL-{self.counted}", unit="L", tracked_by="lot" if self.is_lotted else "none"
        )
        self.needs = [need(f"WO-{number}") for number in range(3)]
        self.there = {self.depot.store: Decimal(0), self.depot.van: Decimal(0)}
        self.drawn = dict.fromkeys((n.id for n in self.needs), Decimal(0))

    def done(self, act) -> bool:
        """Whether a verb was done; a refusal must leave everything as it was."""
        before = self.seen()
        try:
            act()
        except Refusal:
            assert self.seen() == before
            return False
        return True

    def seen(self):
        rows = Stock.objects.of(self.depot.owner).filter(item_id=self.oil).order_by("id")
        moves = Movement.objects.of(self.depot.owner).filter(item_id=self.oil).count()
        return [*rows.values_list("store_id", "on_hand", "reserved", "value"), moves]

    def where(self, is_van: bool):
        return self.depot.van if is_van else self.depot.store

    @rule(amount=AMOUNT, cost=COST, is_van=st.booleans(), lot=st.sampled_from("AB"), in_shelf=st.booleans())
    def receive(self, amount, cost, is_van, lot, in_shelf):
        facts = {"lot": lot} if self.is_lotted else {}
        if in_shelf and not is_van:
            facts["bin_id"] = self.depot.shelf
        store_id = self.where(is_van)
        self.depot.receive(amount, cost, self.oil, store_id=store_id, **facts)
        self.there[store_id] += amount

    @rule(amount=AMOUNT, which=st.integers(0, 2), is_van=st.booleans())
    def reserve(self, amount, which, is_van):
        done = self.depot.reserve(self.needs[which], amount, self.oil, store_id=self.where(is_van))
        assert done.reserved + done.short >= amount

    @rule(which=st.integers(0, 2), amount=st.none() | AMOUNT)
    def release(self, which, amount):
        reservation.release(self.depot.owner, NEED, self.needs[which].id, self.oil, amount)

    @rule(amount=AMOUNT, which=st.integers(0, 2), is_van=st.booleans())
    def issue(self, amount, which, is_van):
        wanted, store_id = self.needs[which], self.where(is_van)
        if self.done(lambda: self.depot.issue(wanted, amount, self.oil, store_id=store_id)):
            self.there[store_id] -= amount
            self.drawn[wanted.id] += amount

    @rule(amount=AMOUNT, which=st.integers(0, 2), is_van=st.booleans())
    def give_back(self, amount, which, is_van):
        wanted, store_id = self.needs[which], self.where(is_van)
        is_done = self.done(lambda: self.depot.give_back(wanted, amount, self.oil, store_id=store_id))
        assert is_done == (amount <= self.drawn[wanted.id])
        if is_done:
            self.there[store_id] += amount
            self.drawn[wanted.id] -= amount

    @rule(amount=AMOUNT, to_van=st.booleans())
    def transfer(self, amount, to_van):
        source, target = self.where(not to_van), self.where(to_van)
        lines = [TransferLine(self.oil, amount)]
        if self.done(lambda: stock.transfer(self.depot.owner, source, target, lines=lines)):
            self.there[source] -= amount
            self.there[target] += amount

    @rule(amount=AMOUNT, is_scrap=st.booleans())
    def lose(self, amount, is_scrap):
        ctx, store_id = self.depot.owner, self.depot.store
        lost = (
            (lambda: stock.scrap(ctx, store_id, self.oil, amount, reason="Spilt"))
            if is_scrap
            else (lambda: stock.adjust(ctx, store_id, self.oil, -amount, reason="Counted"))
        )
        if self.done(lost):
            self.there[store_id] -= amount

    @rule(back=st.integers(0, TRIED))
    def reverse(self, back):
        moves = (
            Movement.objects.of(self.depot.owner).filter(item_id=self.oil).order_by("-id")[back : back + 1]
        )
        for one in moves:
            if self.done(lambda one=one: movement.reverse(self.depot.owner, one.id, reason="Wrong")):
                for store_id, sign in ((one.from_store_id, 1), (one.to_store_id, -1)):
                    if store_id is not None:
                        self.there[store_id] += sign * one.quantity

    @invariant()
    def the_books_agree(self):
        for store_id, quantity in self.there.items():
            assert Decimal(self.depot.level(self.oil, store_id)[0]) == quantity
        check_books(self.depot.owner, self.oil)
        for wanted, quantity in self.drawn.items():
            rows = Consumption.objects.of(self.depot.owner).filter(demand_id=wanted, item_id=self.oil)
            assert sum((row.quantity for row in rows), Decimal(0)) == quantity


def test_the_ledger_behaves_like_its_model(depot):
    run_state_machine_as_test(
        type("BooksHere", (Books,), {"depot": depot}),
        settings=settings(
            max_examples=12, stateful_step_count=20, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
