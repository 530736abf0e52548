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


VERBS = tuple(dict.fromkeys(m.verb for m in ORDER.moves))
# These need somebody who leads; the field's own tests do them.
NEED_LEADER = ("accept", "decline", "depart", "arrive")


@pytest.mark.parametrize("state", list(OrderState))
def test_what_the_table_does_not_allow_is_refused_and_changes_nothing(shop, state):
    order_id = shop.in_state(state)
    before = shop.row(order_id)
    for verb in VERBS:
        if verb in ORDER.legal(state):
            continue
        with pytest.raises(WrongState) as refused:
            shop.do(verb, order_id)
        assert refused.value.facts["legal"] == ORDER.legal(state)
        assert shop.row(order_id).version == before.version, verb


@pytest.mark.parametrize("state", list(OrderState))
def test_what_the_table_allows_leads_where_it_says(shop, state):
    for verb in ORDER.legal(state):
        order_id = shop.in_state(state)
        before = shop.row(order_id)
        if verb == "grab" or (verb in NEED_LEADER and before.leading_id is None):
            continue
        done = shop.do(verb, order_id)
        left = (
            before.waiting_from or before.merged_from or ("planned" if before.planned_from_at else "approved")
        )
        assert done.state == ORDER.target(verb, state, left), verb
        assert done.version == shop.row(order_id).version, verb
        assert BACK not in done.state
