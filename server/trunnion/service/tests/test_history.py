"""Requests from elsewhere are written as they stand: wrong ones are named, and nothing is ordered."""

from datetime import timedelta

import pytest

from trunnion.kernel import clock
from trunnion.kernel.errors import Invalid, NotGranted
from trunnion.kernel.ids import uuid7
from trunnion.kernel.journal import enter_organisation
from trunnion.service.commands import history, triage
from trunnion.service.models import Request
from trunnion.service.types import RequestLine, RequestState


@pytest.fixture
def ctx(tenant):
    enter_organisation(tenant.id)
    return tenant.owner


def line(**more):
    return RequestLine(**{"text": "Leaks", "received_at": clock.now() - timedelta(days=9), **more})


def test_many_at_once_in_few_queries_with_numbers_in_turn(ctx, django_assert_max_num_queries):
    lines = [
        line(text=f"Leak {n}", state=RequestState.DONE if n % 2 else RequestState.NEW) for n in range(200)
    ]
    with django_assert_max_num_queries(40):
        made = history.bring(ctx, lines)
    rows = {row.id: row for row in Request.objects.of(ctx)}
    assert [rows[one].text for one in made] == [one.text for one in lines]
    assert [rows[one].number for one in made] == sorted(row.number for row in rows.values())
    assert {row.state for row in rows.values()} == {"new", "done"}


def test_what_came_in_ended_may_be_opened_again(ctx):
    made = history.bring(ctx, [line(state=RequestState.REJECTED, end_reason="Twice")])[0]
    triage.reopen(ctx, made, reason="Leaks again")
    assert Request.objects.of(ctx).get(id=made).state == "new"


@pytest.mark.parametrize(
    ("more", "field", "why"),
    [
        ({"state": RequestState.ORDERED}, "state", "service.not_brought_as"),
        ({"state": RequestState.MERGED}, "state", "service.not_brought_as"),
        ({"received_at": clock.now() + timedelta(days=400)}, "received_at", "service.in_future"),
        ({"ended_at": clock.now() - timedelta(days=1)}, "ended_at", "service.open_ends_not"),
        (
            {"state": RequestState.DONE, "ended_at": clock.now() - timedelta(days=99)},
            "ended_at",
            "service.ends_first",
        ),
        ({"asset_id": uuid7()}, "asset_id", "reference_unknown"),
        ({"text": ""}, "text", "field.missing"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_written(ctx, more, field, why):
    with pytest.raises(Invalid) as refused:
        history.bring(ctx, [line(), line(**more)])
    assert [(e.pointer, e.code) for e in refused.value.errors] == [(f"/lines/1/{field}", why)]
    assert not Request.objects.of(ctx).exists()


def test_only_those_who_answer_requests_bring_them_in(tenant):
    enter_organisation(tenant.id)
    with pytest.raises(NotGranted):
        history.bring(tenant.person("engineer"), [line()])
