"""The order ends: confirmed, refused, closed with frozen cost, reopened, called off."""

import base64
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from PIL import Image, ImageDraw

from trunnion.attach.queries import signatures_of
from trunnion.kernel import clock
from trunnion.kernel.errors import Invalid, NotGranted, Refusal, WrongState
from trunnion.kernel.models import Payload
from trunnion.work.commands import labour, order
from trunnion.work.models import Confirmation, LabourTimer, Order, WaitInterval
from trunnion.work.rules import REOPEN_WITHIN
from trunnion.work.types import OrderState, WaitReason
from trunnion.workforce.commands import rate


def strokes() -> str:
    """A small handwritten line."""
    image = Image.new("RGBA", (200, 80), (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(10, 60), (90, 10), (190, 70)], fill=(0, 0, 90, 255), width=4)
    file = BytesIO()
    image.save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def test_a_signature_stands_under_what_was_done(shop):
    made = shop.in_state(OrderState.COMPLETED)
    order.confirm(shop.owner, made, signer_name="赵敏", signature_png_base64=strokes())
    said = Confirmation.objects.of(shop.owner).get()
    assert (said.is_accepted, said.signer_name, said.signer_user_id) == (True, "赵敏", None)
    signed = signatures_of(shop.owner, Order.kind, made)
    assert [(s.id, s.meaning, s.holds) for s in signed] == [(said.signature_id, "accepted", True)]
    order.close(shop.owner, made)
    assert signatures_of(shop.owner, Order.kind, made)[0].holds


def test_a_later_change_shows_under_the_signature(shop):
    made = shop.in_state(OrderState.COMPLETED)
    order.confirm(shop.owner, made, signer_name="Zhao", signature_png_base64=strokes())
    labour.record(shop.owner, made, minutes=60, resource_id=shop.resource)
    assert signatures_of(shop.owner, Order.kind, made)[0].holds is False


def test_the_strokes_are_not_journalled(shop):
    made = shop.in_state(OrderState.COMPLETED)
    picture = strokes()
    order.confirm(shop.owner, made, signer_name="Zhao", signature_png_base64=picture)
    assert not Payload.objects.filter(organisation_id=shop.tenant.id, body__contains=picture[:60]).exists()


def test_who_signs_for_themselves_is_named_by_their_login(shop):
    made = shop.in_state(OrderState.COMPLETED)
    order.confirm(shop.owner, made)
    said = Confirmation.objects.of(shop.owner).get()
    assert (said.signer_name, said.signer_user_id) == ("Wang", shop.owner.actor_id)


@pytest.mark.parametrize("verb", ["refuse", "confirm"])
def test_a_refusal_sends_the_work_on(shop, verb):
    made = shop.in_state(OrderState.COMPLETED)
    said = {"accepted": False} if verb == "confirm" else {}
    shop.do(verb, made, remark="Still drips", **said)
    row = shop.row(made)
    assert (row.state, row.ended_at, row.restored_at) == ("in_progress", None, None)
    assert Confirmation.objects.of(shop.owner).get().is_accepted is False
    shop.do("complete", made)
    assert shop.do("confirm", made).state == OrderState.CONFIRMED


def test_a_refusal_says_why(shop):
    with pytest.raises(Invalid) as refused:
        order.confirm(shop.owner, shop.in_state(OrderState.COMPLETED), accepted=False)
    assert refused.value.errors[0].pointer == "/remark"


def test_closing_freezes_what_it_cost(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    order.complete(shop.engineer, made, remedy="Done", work_minutes=90)
    order.close(shop.owner, made)
    rate.set_(shop.owner, shop.resource, amount=Decimal(1000), from_on=date(2020, 1, 1))
    row = shop.row(made)
    assert (row.cost_labour, row.cost_material, row.cost_currency) == (Decimal(90), 0, "EUR")
    with pytest.raises(WrongState):
        labour.record(shop.owner, made, minutes=5, resource_id=shop.resource)


def test_a_completion_taken_back_goes_on_where_it_was(shop):
    made = shop.in_state(OrderState.COMPLETED)
    began = shop.row(made).started_at
    order.reopen(shop.owner, made, reason="Wrong button")
    row = shop.row(made)
    assert (row.state, row.started_at, row.ended_at, row.reopened_count) == ("in_progress", began, None, 1)


@pytest.mark.parametrize("state", [OrderState.CONFIRMED, OrderState.CLOSED])
def test_what_was_over_begins_a_new_round(shop, state):
    made = shop.in_state(state)
    order.reopen(shop.owner, made, reason="Drips again")
    row = shop.row(made)
    assert (row.state, row.leading_id, row.reopened_count) == ("approved", shop.resource, 1)
    assert row.started_at is row.ended_at is row.confirmed_at is row.closed_at is row.cost_labour is None
    for verb in ("start", "complete", "close"):
        shop.do(verb, made)
    assert shop.row(made).state == "closed"


def test_a_no_becomes_a_request_again(shop):
    made = shop.in_state(OrderState.REJECTED)
    assert shop.do("reopen", made).state == OrderState.REQUESTED
    assert shop.row(made).end_reason == ""


def test_after_the_window_a_new_order_is_needed(shop):
    made = shop.in_state(OrderState.CLOSED)
    with (
        time_machine.travel(clock.now() + REOPEN_WITHIN + timedelta(hours=1)),
        pytest.raises(Refusal, match="too_old_to_reopen"),
    ):
        shop.do("reopen", made)


def test_calling_off_ends_what_hangs_on_it(shop):
    made = shop.in_state(OrderState.IN_PROGRESS, is_stopped=True)
    labour.begin(shop.engineer, made, at=clock.now() - timedelta(minutes=3))
    order.wait(shop.engineer, made, reason=WaitReason.VENDOR)
    order.cancel(shop.owner, made, reason="Machine sold")
    row = shop.row(made)
    assert (row.state, row.end_reason, row.waiting_from, row.waiting_reason) == (
        "cancelled",
        "Machine sold",
        "",
        "",
    )
    assert WaitInterval.objects.of(shop.owner).get().ended_at is not None
    assert not LabourTimer.objects.of(shop.owner).exists()


def test_who_may_not_close(shop):
    with pytest.raises(NotGranted):
        order.close(shop.engineer, shop.in_state(OrderState.COMPLETED))
