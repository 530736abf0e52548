"""Where somebody on the way is: by their own word only, the newest only, and forgotten at the door."""

from decimal import Decimal

import pytest

from trunnion.kernel.errors import Invalid, Refusal, WrongState
from trunnion.kernel.models import Payload
from trunnion.work.commands import order, position
from trunnion.work.commands.step import NotYours
from trunnion.work.models import Whereabouts
from trunnion.work.queries import find_nearby, get_order
from trunnion.work.rules import metres_between

HERE = {"lat": "39.907784", "lon": "116.391211"}


@pytest.fixture
def away(shop):
    """An order that the engineer is on the way to."""
    return shop.in_state("travelling")


def test_nobody_is_seen_who_has_not_said_so(shop, away):
    with pytest.raises(Refusal) as refused:
        position.tell(shop.engineer, away, **HERE)
    assert refused.value.code == "position.not_shared"
    assert find_nearby(shop.owner, away) is None


def test_the_newest_is_shown_and_no_other_kept(shop, away):
    position.share(shop.engineer, away)
    assert find_nearby(shop.owner, away) is None
    position.tell(shop.engineer, away, **HERE)
    position.tell(shop.engineer, away, lat="39.9", lon="116.39", accuracy_m=12)
    found = find_nearby(shop.owner, away)
    assert (str(found.lat), str(found.lon)) == ("39.9", "116.39")
    assert Whereabouts.objects.of(shop.owner).count() == 1
    assert get_order(shop.engineer, away)["is_position_shared"] is True


@pytest.mark.parametrize("verb", ["arrive", "start", "cancel", "wait"])
def test_it_is_gone_when_the_journey_is(shop, away, verb):
    position.share(shop.engineer, away)
    position.tell(shop.engineer, away, **HERE)
    shop.do(verb, away)
    assert not Whereabouts.objects.of(shop.owner).exists()
    assert find_nearby(shop.owner, away) is None
    with pytest.raises(WrongState):
        position.tell(shop.engineer, away, **HERE)


def test_who_shares_may_stop(shop, away):
    position.share(shop.engineer, away)
    position.tell(shop.engineer, away, **HERE)
    position.stop(shop.engineer, away)
    assert find_nearby(shop.owner, away) is None
    position.stop(shop.engineer, away)


def test_the_journal_does_not_learn_where_anybody_was(shop, away):
    position.share(shop.engineer, away)
    position.tell(shop.engineer, away, **HERE)
    order.arrive(shop.engineer, away)
    written = "".join(str(body) for body in Payload.objects.values_list("body", flat=True))
    assert "39.907784" not in written
    assert "116.391211" not in written
    assert "work.position.share" in [entry["verb"] for entry in get_order(shop.owner, away)["history"]]


def test_nobody_says_where_somebody_else_is(shop, away):
    with pytest.raises(NotYours):
        position.share(shop.owner, away)


@pytest.mark.parametrize("wrong", [{"lat": "91", "lon": "0"}, {"lat": "0", "lon": "-181"}])
def test_points_lie_on_the_earth(shop, away, wrong):
    position.share(shop.engineer, away)
    with pytest.raises(Invalid):
        position.tell(shop.engineer, away, **wrong)


def test_only_on_the_way(shop):
    with pytest.raises(WrongState):
        position.share(shop.engineer, shop.in_state("accepted"))


def test_distances():
    gate, tower = (Decimal("39.9078"), Decimal("116.3912")), (Decimal("39.8822"), Decimal("116.4066"))
    assert 3_050 < metres_between(*gate, *tower) < 3_200
    assert metres_between(*gate, *gate) == 0
