"""What ends: each warning once, by the day of the place; certificates that are due, overdue or missing; use allowed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from trunnion.assets.commands import asset, certificate, life
from trunnion.assets.models import Certificate, DeadlineNotice
from trunnion.assets.queries import get_asset_card, may_be_used
from trunnion.assets.queries.assets import get_asset
from trunnion.assets.queries.certificates import certificates_of, list_missing, state_of
from trunnion.assets.queries.life_lists import CERTIFICATES, WARRANTIES
from trunnion.assets.tasks import watch_deadlines
from trunnion.assets.tests.builders import pump, pump_model, room, site
from trunnion.catalog.models import EquipmentClass
from trunnion.kernel import clock
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible
from trunnion.kernel.listing import page
from trunnion.kernel.models import Entry

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch):
    """Sets the clock."""

    def fix(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    fix(NOON)
    return fix


def watch() -> int:
    return watch_deadlines(lambda *_: None)


def told(ctx, name: str) -> int:
    return Entry.objects.filter(organisation_id=ctx.organisation_id, events__contains=name).count()


def rows(ctx, listing, **ask):
    with reading(ctx.organisation_id):
        return page.page(ctx, listing, page.Ask(**ask))["rows"]


def test_a_warranty_warns_at_sixty_thirty_and_seven_days_once_each(tenant, at):
    ctx = tenant.owner
    made = pump(ctx, warranty_until_on=date(2026, 8, 15))
    heard = []
    for day in range(90):
        at(NOON + timedelta(days=day))
        heard += [day] * (watch() + watch())
    left = [(date(2026, 8, 15) - (NOON + timedelta(days=d)).date()).days for d in heard]
    assert left == [60, 30, 7]
    assert told(ctx, "assets.warranty.ending") == 3
    asset.edit(ctx, asset_id=made, warranty_until_on=date(2026, 9, 20))
    assert watch() == 1


def test_what_comes_in_late_is_told_of_once(tenant, at):
    at(NOON)
    pump(tenant.owner, warranty_until_on=(NOON + timedelta(days=20)).date())
    pump(tenant.owner, warranty_until_on=(NOON - timedelta(days=20)).date())
    assert (watch(), watch()) == (1, 0)
    assert set(DeadlineNotice.objects.of(tenant.owner).values_list("days_before", flat=True)) == {60, 30}


def test_the_day_is_that_of_the_place(tenant, at):
    ctx = tenant.owner
    end = date(2026, 7, 31)
    east = pump(ctx, location_id=room(ctx, site(ctx, zone="Asia/Shanghai")), warranty_until_on=end)
    west = pump(ctx, location_id=room(ctx, site(ctx, "Dock", zone="America/New_York")), warranty_until_on=end)
    # In Shanghai it is the first of June already, 60 days before; in New York the last of May.
    at(datetime(2026, 5, 31, 18, 0, tzinfo=UTC))
    assert watch() == 1
    assert list(DeadlineNotice.objects.of(ctx).values_list("subject_id", flat=True)) == [east]
    at(datetime(2026, 6, 1, 18, 0, tzinfo=UTC))
    assert watch() == 1
    assert set(DeadlineNotice.objects.of(ctx).values_list("subject_id", flat=True)) == {east, west}


def test_the_card_says_whether_the_warranty_holds(tenant, at):
    at(NOON)
    ctx = tenant.owner
    new, old = pump(ctx, warranty_until_on=NOON.date()), pump(ctx, warranty_until_on=date(2026, 5, 31))
    assert (get_asset_card(ctx, new).is_under_warranty, get_asset_card(ctx, old).is_under_warranty) == (
        True,
        False,
    )
    assert get_asset(ctx, new)["is_under_warranty"] is True
    assert [r["warranty_until_on"] for r in rows(ctx, WARRANTIES)] == [date(2026, 5, 31), NOON.date()]


@pytest.mark.parametrize(
    ("due", "expected"),
    [(None, "valid"), (date(2026, 8, 1), "valid"), (date(2026, 7, 31), "due"), (date(2026, 6, 1), "due"),
     (date(2026, 5, 31), "overdue")],
)  # fmt: skip
def test_the_state_of_a_certificate_follows_from_the_day(due, expected):
    assert state_of(due, date(2026, 6, 1)) == expected


def lift(ctx):
    """An asset of a class that needs a yearly inspection, and the kind of certificate."""
    with reading(ctx.organisation_id):
        deep = EquipmentClass.objects.of(ctx).filter(parent__isnull=False).order_by("-level").first()
    kind = certificate.create_kind(ctx, code="TSG-T", name="Lift inspection", interval_months=12).id
    certificate.require(ctx, kind_id=kind, equipment_class_id=deep.parent_id)
    return pump(ctx, "Lift 1", model_id=pump_model(ctx, equipment_class_id=deep.id)), kind


def test_no_use_without_a_certificate_that_holds(tenant, at):
    ctx = tenant.owner
    made, kind = lift(ctx)
    assert may_be_used(ctx, made).reasons == ["missing: Lift inspection"]
    assert [r["name"] for r in list_missing(ctx)["rows"]] == ["Lift 1"]
    certificate.create(ctx, asset_id=made, kind_id=kind, number="C-1", issued_on="2025-06-15")
    assert may_be_used(ctx, made).is_allowed
    assert Certificate.objects.of(ctx).get().next_due_on == date(2026, 6, 15)
    heard = []
    for day in range(30):
        at(NOON + timedelta(days=day))
        heard += [day] * watch()
    # 14 days before: the warning at 30; then 7; then the first day on which it is too late.
    assert heard == [0, 7, 15]
    assert (told(ctx, "assets.certificate.due"), told(ctx, "assets.certificate.overdue")) == (2, 1)
    assert may_be_used(ctx, made).reasons == ["overdue: Lift inspection"]
    assert get_asset(ctx, made)["usability"].is_allowed is False
    fresh = certificate.create(ctx, asset_id=made, kind_id=kind, number="C-2", issued_on="2026-06-20").id
    assert may_be_used(ctx, made).is_allowed
    assert [(c["number"], c["is_current"]) for c in certificates_of(ctx, made)] == [
        ("C-2", True),
        ("C-1", False),
    ]
    certificate.revoke(ctx, certificate_id=fresh, reason="Wrong lift")
    assert may_be_used(ctx, made).reasons == ["overdue: Lift inspection"]
    certificate.edit_kind(ctx, kind_id=kind, blocks_use=False)
    assert may_be_used(ctx, made).is_allowed


def test_an_older_certificate_entered_late_is_not_current(tenant):
    ctx = tenant.owner
    made, kind = lift(ctx)
    certificate.create(ctx, asset_id=made, kind_id=kind, number="C-2", issued_on="2026-02-01")
    certificate.create(ctx, asset_id=made, kind_id=kind, number="C-1", issued_on="2025-02-01")
    assert Certificate.objects.of(ctx).get(is_current=True).number == "C-2"


def test_the_list_tells_what_is_overdue(tenant):
    ctx = tenant.owner
    made, kind = lift(ctx)
    other_kind = certificate.create_kind(ctx, code="B", name="Boiler book").id
    today = clock.today("UTC")
    certificate.create(
        ctx, asset_id=made, kind_id=kind, number="OLD", issued_on=today - timedelta(days=400),
        next_due_on=today - timedelta(days=3),
    )  # fmt: skip
    certificate.create(
        ctx,
        asset_id=made,
        kind_id=other_kind,
        number="SOON",
        issued_on=today,
        next_due_on=today + timedelta(days=20),
    )
    assert [(r["number"], r["state"]) for r in rows(ctx, CERTIFICATES)] == [
        ("OLD", "overdue"),
        ("SOON", "due"),
    ]
    only = '{"field": "state", "op": "eq", "value": "overdue"}'
    assert [r["number"] for r in rows(ctx, CERTIFICATES, filter=only)] == ["OLD"]


def test_bad_certificates_are_refused(tenant, other):
    ctx = tenant.owner
    made, kind = lift(ctx)
    for facts, pointer in (
        ({"issued_on": "2099-01-01"}, "/issued_on"),
        ({"valid_until_on": "2020-01-01"}, "/valid_until_on"),
        ({"next_due_on": "2020-01-01"}, "/next_due_on"),
        ({"kind_id": made}, "/kind_id"),
        ({"asset_id": kind}, "/asset_id"),
        ({"issuer_party_id": made}, "/issuer_party_id"),
        ({"number": " "}, "/number"),
    ):
        with pytest.raises(Invalid) as refused:
            certificate.create(
                ctx, **{"asset_id": made, "kind_id": kind, "number": "C", "issued_on": "2026-01-01", **facts}
            )
        assert refused.value.errors[0].pointer == pointer
    with pytest.raises(Invalid) as refused:
        certificate.create_kind(ctx, code="TSG-T", name="Twice")
    assert refused.value.errors[0].code == "assets.code_taken"
    with pytest.raises(NotGranted):
        certificate.create_kind(tenant.person("engineer"), code="X", name="X")
    with pytest.raises(NotVisible):
        certificate.edit_kind(other.owner, kind_id=kind, name="Theirs")
    assert not Certificate.objects.of(ctx).exists()


def test_what_is_gone_warns_no_more(tenant, at):
    ctx = tenant.owner
    at(clock.now())
    made = pump(ctx, warranty_until_on=clock.today("UTC") + timedelta(days=5))
    life.decommission(ctx, asset_id=made)
    assert watch() == 0
