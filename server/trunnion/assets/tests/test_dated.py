"""The migration that turns bare classes and conditions into dated assessments, with rows of two organisations."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import QuerySet

from trunnion.assets.commands import assessing
from trunnion.assets.commands import asset as assets
from trunnion.assets.models import ConditionAssessment, CriticalityAssessment
from trunnion.assets.types.kinds import Condition
from trunnion.identity.tests.builders import found_tenant
from trunnion.kernel import walls
from trunnion.kernel.database import reading
from trunnion.kernel.ids import uuid7
from trunnion.kernel.journal import enter_organisation

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_database]

BEFORE, AFTER = ("assets", "0003_life_cycle"), ("assets", "0004_dated_assessments")
CHANGED = datetime(2025, 3, 4, 23, 30, tzinfo=UTC)


def rows(apps, name, organisation_id):
    return QuerySet(apps.get_model("assets", name)).filter(organisation_id=organisation_id)


def made(apps, organisation_id, table, **facts):
    """A row as the tables were then, told as the program of that time would have stored it."""
    times = {"created_at": CHANGED, "changed_at": CHANGED}
    model = apps.get_model("assets", table)
    row = model(id=uuid7(), organisation_id=organisation_id, **times, **facts)
    with transaction.atomic():
        enter_organisation(organisation_id)
        QuerySet(model).bulk_create([row])
    return row.id


def asset(apps, organisation_id, number, **facts):
    return made(
        apps,
        organisation_id,
        "Asset",
        number=number,
        name=number,
        state="in_service",
        state_since_at=CHANGED,
        **facts,
    )


def at(target):
    """The tables as they were after a migration, and all rows stay."""
    # The walls are built for the newest tables only.
    walls.take_down(plan=[target])
    return MigrationExecutor(connection).migrate([target]).apps


def told(apps, organisation_id, name, *fields):
    with transaction.atomic():
        enter_organisation(organisation_id)
        return {row[0]: row[1:] for row in rows(apps, name, organisation_id).values_list("asset_id", *fields)}


@pytest.fixture
def newest():
    yield
    call_command("migrate", interactive=False, verbosity=0)
    assert walls.missing() == []


@pytest.mark.usefixtures("newest")
def test_bare_classes_and_conditions_become_dated_once():
    ours, theirs = found_tenant("Harbour Hospital").id, found_tenant("Canary Works").id
    old = at(BEFORE)
    both = asset(old, ours, "A-1", criticality="A", condition="good")
    plain = asset(old, ours, "A-2")
    foreign = asset(old, theirs, "A-1", criticality="C")
    known = asset(old, ours, "A-3", criticality="B", condition="poor")
    scored = {"matrix_version": "1", "level": "B", "assessed_on": date(2024, 5, 6), "asset_id": known}
    made(old, ours, "CriticalityAssessment", **scored, safety=3, cost=0, scores={})
    new = at(AFTER)
    facts = ("level", "matrix_version", "assessed_on", "scores")
    assert told(new, ours, "CriticalityAssessment", *facts) == {
        both: ("A", "0", CHANGED.date(), {}),
        known: ("B", "1", date(2024, 5, 6), {"safety": 3, "cost": 0}),
    }
    assert told(new, theirs, "CriticalityAssessment", *facts) == {foreign: ("C", "0", CHANGED.date(), {})}
    assert told(new, ours, "ConditionAssessment", "condition", "assessed_on") == {
        both: ("good", CHANGED.date()), known: ("poor", CHANGED.date()),
    }  # fmt: skip
    assert told(new, theirs, "ConditionAssessment", "condition") == {}
    assert plain not in told(new, ours, "CriticalityAssessment", "level")
    # The newest program reads them as its own.
    call_command("migrate", interactive=False, verbosity=0)
    with reading(ours):
        found = CriticalityAssessment.objects.of(ours).get(asset_id=known)
    assert (found.level, found.scores) == ("B", {"safety": 3, "cost": 0})


def conditions(organisation_id):
    with reading(organisation_id):
        rows = ConditionAssessment.objects.of(organisation_id)
        return sorted(rows.values_list("asset__number", "condition", "actor_name"))


@pytest.mark.usefixtures("newest")
def test_going_back_and_forward_again_dates_nothing_twice():
    tenant = found_tenant("Harbour Hospital")
    old = at(BEFORE)
    asset(old, tenant.id, "A-1", criticality="A", condition="good")
    call_command("migrate", interactive=False, verbosity=0)
    ctx = tenant.owner
    found = assets.create(ctx, name="Pump", condition=Condition.FAIR)
    # The same again by a person is told twice, on purpose.
    assessing.assess_condition(ctx, asset_id=found.id, condition=Condition.FAIR)
    before = conditions(tenant.id)
    at(BEFORE)
    call_command("migrate", interactive=False, verbosity=0)
    assert conditions(tenant.id) == before
    assert len(before) == 3
