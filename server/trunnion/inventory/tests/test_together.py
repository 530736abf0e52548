"""Many at once on the same few parts: nobody gets what another has, and nothing is lost."""

from collections import Counter

import pytest

from trunnion.inventory.models import Reservation
from trunnion.inventory.tests.builders import Depot, check_books, need
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Refusal
from trunnion.kernel.tests.builders import in_threads

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_database]
CLIENTS, EACH = 8, 6


def outcome(answers) -> Counter:
    """How often what came out; anything but an answer or a refusal is a fault."""
    faults = [a for a in answers if isinstance(a, Exception) and not isinstance(a, Refusal)]
    assert faults == []
    return Counter("refused" if isinstance(a, Refusal) else "done" for a in answers)


def test_forty_eight_draws_on_thirty_parts(tenant):
    depot = Depot(tenant)
    depot.receive(30)
    reasons = []

    def draw():
        done = []
        for number in range(EACH):
            try:
                wanted = need()
                if number % 2:
                    depot.reserve(wanted, 1, may_be_short=False)
                done.append(depot.issue(wanted, 1))
            except Refusal as refused:
                reasons.append(refused.code)
        return len(done)

    drawn = in_threads(*[draw] * CLIENTS)
    assert set(reasons) == {"stock.not_enough"}
    with reading(tenant.id):
        assert sum(drawn) == 30
        assert depot.level() == ("0", "0", "0")
        check_books(tenant.owner)


def test_the_last_piece_is_reserved_once(tenant):
    depot = Depot(tenant)
    depot.receive(1)
    answers = in_threads(*[lambda: depot.reserve(need(), 1, may_be_short=False)] * CLIENTS)
    assert outcome(answers) == {"done": 1, "refused": CLIENTS - 1}
    with reading(tenant.id):
        assert [r.quantity for r in depot.rows(Reservation)] == [1]
        check_books(tenant.owner)


def test_the_first_receipts_of_an_item_meet_and_all_count(tenant):
    depot = Depot(tenant)
    assert outcome(in_threads(*[lambda: depot.receive(2, "3")] * CLIENTS)) == {"done": CLIENTS}
    with reading(tenant.id):
        assert depot.level() == ("16", "0", "48")
        check_books(tenant.owner)
