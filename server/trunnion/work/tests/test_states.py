"""The table of an order's course: every move done, every other refused."""

import pytest

from trunnion.kernel.errors import WrongState
from trunnion.kernel.moves import BACK
from trunnion.work.states import ORDER
from trunnion.work.types import OrderState


def test_every_state_is_reached():
    assert ORDER.reachable() | {OrderState.DRAFT} == set(OrderState)


def test_every_state_can_be_left():
    for state in OrderState:
        assert ORDER.legal(state), state


@pytest.mark.parametrize("state", list(OrderState))
def test_each_verb_does_what_the_table_says_in_each_state(shop, state):
    """All moves of one state, legal and illegal, on orders of their own."""
    for verb in dict.fromkeys(m.verb for m in ORDER.moves):
        order_id = shop.in_state(state)
        before = shop.row(order_id)
        if verb not in ORDER.legal(state):
            with pytest.raises(WrongState) as refused:
                shop.do(verb, order_id)
            assert refused.value.facts["legal"] == ORDER.legal(state)
            assert shop.row(order_id).version == before.version, verb
            continue
        if verb == "grab":
            continue
        if verb in ("accept", "decline", "depart", "arrive") and before.leading_id is None:
            continue
        done = shop.do(verb, order_id)
        left = (
            before.waiting_from or before.merged_from or ("planned" if before.planned_from_at else "approved")
        )
        assert done.state == ORDER.target(verb, state, left), verb
        assert done.version == shop.row(order_id).version, verb
        assert BACK not in done.state
