"""Identifiers, sort keys, money, quantities, moves, permissions and words: the small values that all rooms lean on."""

from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunnion.kernel import clock, ids, permissions
from trunnion.kernel.errors import Invalid, Refusal, WrongState
from trunnion.kernel.fields import ExactField
from trunnion.kernel.ids import token, uuid7
from trunnion.kernel.money import CurrencyMismatch, Money
from trunnion.kernel.moves import BACK, MACHINES, Machine, Move
from trunnion.kernel.quantity import Quantity, UnitMismatch, UnitUnknown, is_unit, ucum_of, units
from trunnion.kernel.sorting import KEY_LENGTH, sort_key
from trunnion.kernel.words import say

from .builders import in_threads, person
from .playground.states import THING


def test_ids_sort_in_the_order_of_their_making(monkeypatch):
    # Another test may have travelled ahead in time, and ids never go back.
    monkeypatch.setattr(ids, "_newest", [0])
    made = [uuid7() for _ in range(10_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {(i.version, i.variant) for i in made} == {(7, "specified in RFC 4122")}
    assert abs((made[-1].int >> 80) / 1000 - clock.now().timestamp()) < 5


def test_ids_of_threads_never_meet():
    made = [i for found in in_threads(*[lambda: [uuid7() for _ in range(2000)]] * 8) for i in found]
    assert len(set(made)) == len(made)


def test_tokens_cannot_be_guessed():
    assert len({token() for _ in range(1000)}) == 1000
    assert len(token()) >= 27
    with pytest.raises(ValueError, match="128"):
        token(64)


@pytest.mark.parametrize(
    "order",
    [
        ["P-2", "P-10", "P-100"],
        ["阿", "泵", "阀", "水泵", "压缩机"],
        ["Äpfel", "Apfel 2", "BANANE", "citron"],
        ["a", "B", "c"],
        ["1", "2", "10", "a", "泵"],
        ["泵1", "泵2", "泵10"],
        ["", "a"],
    ],
)
def test_texts_stand_in_the_order_that_readers_expect(order):
    backwards = order[::-1]
    assert sorted(backwards, key=sort_key) == order


@given(st.text(max_size=300))
def test_every_text_has_a_sort_key(text):
    key = sort_key(text)
    assert len(key) <= KEY_LENGTH
    assert sort_key(text.upper().lower()) is not None


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=6))
def test_decimals_are_kept_exactly(value):
    field = ExactField()
    stored = field.get_prep_value(value)
    back = field.from_db_value(stored, None, None)
    assert isinstance(stored, int)
    assert back == value
    assert "E" not in str(back)


def test_money_never_mixes_currencies():
    price = Money(Decimal("10.005"), "EUR")
    assert (price + price).amount == Decimal("20.010")
    assert price.rounded().amount == Decimal("10.00")
    assert Money(Decimal("10.5"), "JPY").rounded().amount == Decimal(10)
    assert (price * 3 - price).amount == Decimal("20.010")
    for wrong in (lambda: price + Money(Decimal(1), "CNY"), lambda: price - Money(Decimal(1), "USD")):
        with pytest.raises(CurrencyMismatch):
            wrong()


@pytest.mark.parametrize("currency", ["", "eur", "EURO", "EU", "12A", "ÄÖÜ", "E R"])
def test_a_currency_has_three_capital_letters(currency):
    with pytest.raises(ValueError, match="ISO 4217"):
        Money(Decimal(1), currency)


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected"),
    [
        ("100", "Cel", "[degF]", "212"),
        ("1", "m3/h", "L/s", "0.277777777778"),
        ("36", "km", "m", "36000"),
        ("1", "h", "min", "60"),
        ("2.5", "{each}", "{each}", "2.5"),
        ("50", "%", "1", "0.5"),
    ],
)
def test_quantities_are_converted(value, unit, to, expected):
    assert abs(Quantity(Decimal(value), unit).to(to).value - Decimal(expected)) < Decimal("1e-9")


def test_quantities_of_different_kinds_never_meet():
    for unit, to in (("kg", "m"), ("{each}", "1"), ("Cel", "bar")):
        with pytest.raises(UnitMismatch):
            Quantity(Decimal(1), unit).to(to)
    assert all(is_unit(code) for code in units())


@pytest.mark.parametrize(
    "code", ["", "nonsense", "m**9**9**9", "9**9**9**9", "a" * 10_000, "__import__('os')", "m/"]
)
def test_what_is_no_unit_is_refused_at_once(code):
    assert not is_unit(code)
    assert ucum_of(code) is None
    with pytest.raises(UnitUnknown):
        Quantity(Decimal(1), "m").to(code)


class State(StrEnum):
    """States of a machine that was drawn badly."""

    HERE = "here"
    THERE = "there"
    NOWHERE = "nowhere"


def test_moves_say_what_is_legal_granted_and_reachable():
    assert THING.target("use", "new") == "used"
    assert THING.target("polish", "used") == "used"
    assert THING.target("find", "gone", "new") == "new"
    assert THING.legal("new") == ["use", "drop", "polish"]
    with pytest.raises(WrongState) as refused:
        THING.target("use", "gone")
    assert refused.value.facts == {"state": "gone", "verb": "use", "legal": ["find"]}
    weak = person().granting(["playground.thing.drop", "playground.thing.find"])
    assert THING.actions(weak, "new") == ["drop"]
    assert THING.reachable() == {"new", "used", "gone"}


def test_a_state_that_no_move_reaches_is_known(monkeypatch):
    moves = (Move.of("go", [State.HERE], State.THERE), Move.of("back", [State.THERE], BACK))
    bad = Machine("test.thing", State, State.HERE, moves)
    monkeypatch.delitem(MACHINES, "test.thing")
    assert set(State) - bad.reachable() == {State.NOWHERE}


def test_a_denial_always_wins(monkeypatch):
    monkeypatch.setattr(
        permissions, "PERMISSIONS", dict.fromkeys(("a.b.read", "a.b.edit", "a.c.read"), False)
    )
    assert permissions.expand(["a.*", "!a.b.edit"]) == {"a.b.read", "a.c.read"}
    assert permissions.expand(["!a.*", "a.b.read"]) == frozenset()
    assert permissions.expand(["*.*.read"]) == {"a.b.read", "a.c.read"}
    assert permissions.expand(["a.b"]) == frozenset()
    with pytest.raises(ValueError, match=r"room\.thing\.verb"):
        permissions.declare("a.b")


def test_words_take_facts_of_any_name_and_never_trip():
    assert (
        say("refusal.too_many_attempts", "en", retry_after=5) == "Too many attempts. Try again in 5 seconds."
    )
    assert say("no.such.key", "zh-CN", key=1, language=2) == "no.such.key"
    told = say("refusal.wrong_state", "en", state="{legal}", legal=["a", "b"])
    assert told == "This cannot be done in the state “{legal}”. Possible now: a, b."
    assert Invalid.field("/x", "wrong", code=1, pointer=2, key=3).errors[0].facts == {
        "code": 1,
        "pointer": 2,
        "key": 3,
    }
    assert Refusal("wrong", code=1).facts == {"code": 1}
