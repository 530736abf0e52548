"""Whoever leaves leads nothing any more: orders go to an heir, or to where somebody else can take them."""

from trunnion.attach.queries import comments_of
from trunnion.identity.commands import membership
from trunnion.work.models import Order
from trunnion.work.types import OrderState as S
from trunnion.workforce.commands import labour_resource
from trunnion.workforce.models import LabourResource

from .builders import make_engineer


def leave(shop, heir=None) -> None:
    own = shop.tenant.membership_of(shop.engineer).id
    membership.deactivate(shop.owner, own, hand_over_to=shop.tenant.membership_of(heir).id if heir else None)


def test_an_heir_takes_everything_over(shop):
    heir, heir_resource = make_engineer(shop.tenant)
    orders = {state: shop.in_state(state) for state in (S.DISPATCHED, S.TRAVELLING, S.IN_PROGRESS, S.CLOSED)}
    planned = shop.in_state(S.PLANNED)
    shop.do("assign", planned)
    leave(shop, heir)
    told = {state: shop.row(i) for state, i in orders.items()}
    assert (told[S.DISPATCHED].state, told[S.DISPATCHED].leading_id) == (S.DISPATCHED, heir_resource)
    # Whoever was on the way is called back, the heir is told to go.
    assert (told[S.TRAVELLING].state, told[S.TRAVELLING].leading_id) == (S.DISPATCHED, heir_resource)
    assert (told[S.IN_PROGRESS].state, told[S.IN_PROGRESS].leading_id) == (S.IN_PROGRESS, heir_resource)
    assert (shop.row(planned).state, shop.row(planned).leading_id) == (S.PLANNED, heir_resource)
    # What is over stays the work of who did it.
    assert told[S.CLOSED].leading_id == shop.resource
    assert not LabourResource.objects.of(shop.owner).get(id=shop.resource).is_active


def test_without_an_heir_work_is_free_again(shop):
    sent, begun = shop.in_state(S.ACCEPTED), shop.in_state(S.IN_PROGRESS)
    waiting = shop.in_state(S.IN_PROGRESS)
    shop.do("wait", waiting)
    leave(shop)
    assert (shop.row(sent).state, shop.row(sent).leading_id) == (S.DISPATCHED, None)
    for left_alone in (begun, waiting):
        assert shop.row(left_alone).leading_id == shop.resource
        said = comments_of(shop.owner, Order.kind, left_alone)
        assert len(said) == 1
        assert "no longer there" in said[0].text


def test_helpers_leave_the_crew(shop):
    _, helper = make_engineer(shop.tenant)
    made = shop.in_state(S.ACCEPTED)
    shop.do("assign", made, crew_ids=[helper])
    labour_resource.deactivate(shop.owner, helper)
    client = shop.tenant.client()
    page = client.get(f"/api/work/orders/{made}").json()
    assert page["crew"] == []
    assert page["leading_id"] == str(shop.resource)


def test_nobody_hands_over_to_themselves_or_to_who_left(shop):
    client = shop.tenant.client()
    own = shop.tenant.membership_of(shop.engineer).id
    refused = client.post(
        f"/api/identity/members/{own}/deactivate",
        f'{{"hand_over_to": "{own}"}}',
        content_type="application/json",
    )
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "membership.no_heir")
    assert shop.tenant.membership_of(shop.engineer).is_active
