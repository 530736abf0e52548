"""Failure codes are seeded for every organisation, offered by class, and kept for ever."""

import pytest

from trunnion.kernel.context import system
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, Refusal
from trunnion.kernel.ids import uuid7
from trunnion.kernel.journal import enter_organisation
from trunnion.knowledge import commands, queries
from trunnion.knowledge.events import FailureCodesSeeded
from trunnion.knowledge.handlers import seed_failure_codes
from trunnion.knowledge.models import FailureCode
from trunnion.knowledge.shipped import shipped
from trunnion.knowledge.types import CodeList


@pytest.fixture(autouse=True)
def _inside(tenant):
    enter_organisation(tenant.id)


def code_of(tenant, code, list_=CodeList.MODE):
    return FailureCode.objects.of(tenant.owner).get(list=list_, code=code)


def test_a_new_organisation_has_every_shipped_code_in_both_languages(tenant):
    rows = FailureCode.objects.of(tenant.owner)
    assert rows.count() == len(shipped()) > 100
    assert not rows.filter(name_en="").exists()
    assert not rows.filter(name_zh="").exists()


def test_seeding_twice_adds_nothing_and_leaves_own_wording(tenant):
    mine = code_of(tenant, "FTS")
    commands.edit(tenant.owner, mine.id, name_en="Will not start")
    assert commands.seed(tenant.owner) == 0
    seed_failure_codes(system(tenant.id), FailureCodesSeeded(count=0))
    assert code_of(tenant, "FTS").name_en == "Will not start"


def test_the_list_is_narrowed_by_class_and_ends_with_the_ways_out(tenant):
    pump = [c.code for c in queries.failure_codes(tenant.owner, CodeList.MODE, "PU.pump_unit")]
    every = [c.code for c in queries.failure_codes(tenant.owner, CodeList.MODE)]
    assert len(pump) < len(every)
    assert pump[-2:] == every[-2:] == ["OTH", "UNK"]


@pytest.mark.parametrize("list_", list(CodeList))
def test_every_list_ends_with_other_and_unknown(tenant, list_):
    assert [c.standing for c in queries.failure_codes(tenant.owner, list_)][-2:] == ["other", "unknown"]


def test_an_own_code_stands_before_the_ways_out_and_needs_one_name(tenant):
    commands.create(tenant.owner, list=CodeList.CAUSE, code="vandal", name_zh="人为破坏")
    offered = queries.failure_codes(tenant.owner, CodeList.CAUSE)
    assert offered[-3].code == "vandal"
    assert offered[-3].name("en") == "人为破坏"
    with pytest.raises(Invalid) as refused:
        commands.create(tenant.owner, list=CodeList.CAUSE, code="nameless")
    assert refused.value.errors[0].pointer == "/name_en"


def test_a_code_is_never_used_twice(tenant):
    with pytest.raises(Invalid) as refused:
        commands.create(tenant.owner, list=CodeList.MODE, code="FTS", name_en="Again")
    assert refused.value.errors[0].pointer == "/code"


def test_a_retired_code_is_no_longer_offered_but_can_come_back(tenant):
    mine = code_of(tenant, "FTS")
    commands.archive(tenant.owner, mine.id)
    assert "FTS" not in [c.code for c in queries.failure_codes(tenant.owner, CodeList.MODE)]
    with pytest.raises(Invalid):
        queries.resolve_codes(tenant.owner, {CodeList.MODE: "FTS"})
    assert queries.get_failure_code(tenant.owner, mine.id)["actions"] == ["edit", "restore"]
    commands.restore(tenant.owner, mine.id)
    assert "FTS" in [c.code for c in queries.failure_codes(tenant.owner, CodeList.MODE)]


def test_the_ways_out_cannot_be_retired(tenant):
    unknown = code_of(tenant, "UNK")
    with pytest.raises(Refusal, match="needed"):
        commands.archive(tenant.owner, unknown.id)
    assert queries.get_failure_code(tenant.owner, unknown.id)["actions"] == ["edit"]


def test_codes_are_resolved_each_in_its_list(tenant):
    found = queries.resolve_codes(
        tenant.owner, {CodeList.MODE: "FTS", CodeList.CAUSE: "unknown"}, "PU.pump_unit"
    )
    assert {name: card.code for name, card in found.items()} == {"mode": "FTS", "cause": "unknown"}


@pytest.mark.parametrize(
    ("wanted", "class_code", "pointer", "why"),
    [
        ({CodeList.MODE: "unknown"}, None, "/mode", "failure_code.unknown"),
        ({CodeList.CAUSE: "1.9"}, None, "/cause", "failure_code.unknown"),
        ({CodeList.MODE: "FTS"}, "HE", "/mode", "failure_code.not_for_class"),
    ],
)
def test_a_code_that_does_not_fit_is_named(tenant, wanted, class_code, pointer, why):
    with pytest.raises(Invalid) as refused:
        queries.resolve_codes(tenant.owner, wanted, class_code)
    assert [(e.pointer, e.code) for e in refused.value.errors] == [(pointer, why)]


def test_an_engineer_reads_and_does_not_write(tenant):
    engineer = tenant.person("engineer")
    assert engineer.may(queries.READ)
    with pytest.raises(NotGranted):
        commands.create(engineer, list=CodeList.MODE, code="X", name_en="X")


def test_codes_of_another_organisation_do_not_exist(tenant, other):
    theirs = uuid7()
    enter_organisation(other.id)
    theirs = code_of(other, "FTS").id
    enter_organisation(tenant.id)
    with pytest.raises(NotVisible):
        commands.edit(tenant.owner, theirs, name_en="Mine")


def test_the_door_lists_offers_and_refuses(tenant):
    client = tenant.client()
    page = client.get("/api/knowledge/failure_codes", {"search": "泄漏", "limit": 5}).json()
    assert any("泄漏" in row["name_zh"] for row in page["rows"])
    offered = client.get("/api/knowledge/failure_codes/offered", {"class_code": "PU"}).json()
    assert set(offered) == {str(c) for c in CodeList}
    bad = client.post(
        "/api/knowledge/failure_codes/create", {"list": "mood", "code": ""}, content_type="application/json"
    )
    assert bad.status_code == 422
    assert {e["pointer"] for e in bad.json()["errors"]} == {"/list", "/code"}
