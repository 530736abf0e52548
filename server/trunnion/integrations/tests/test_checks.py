"""The health check through HTTP: for administrators only, in their language, with a fix for whatever is not fine."""

import pytest
from django.db import connection

from trunnion.identity.models import User
from trunnion.integrations.safekeeping import keeping, proving
from trunnion.kernel import clock, health
from trunnion.kernel.models import Job
from trunnion.kernel.models.jobs import JobState
from trunnion.kernel.words import catalogue

CHECKS = "/api/system/checks"


@pytest.fixture
def unproved():
    for name in (keeping.STATE, keeping.OFF):
        (proving.home() / name).unlink(missing_ok=True)
    yield
    (proving.home() / keeping.STATE).unlink(missing_ok=True)


def rows(client, **how):
    answer = client.get(CHECKS, **how)
    assert answer.status_code == 200, answer.content
    return {row["name"]: row for row in answer.json()["rows"]}


@pytest.mark.usefixtures("unproved")
def test_a_sound_installation_is_told_look_by_look(tenant):
    found = rows(tenant.client())
    assert {
        "version",
        "database",
        "schema",
        "walls",
        "files",
        "disk",
        "jobs",
        "queue",
        "backup",
    } <= found.keys()
    for name, row in found.items():
        if name != "disk":
            assert (row["state"], row["fix"]) == ("ok", ""), row
        assert row["fact"]
        assert row["title"] != f"check.name.{name}"


@pytest.mark.usefixtures("unproved")
def test_what_is_not_fine_comes_with_its_fix_in_the_readers_language(tenant):
    client = tenant.client()
    past = clock.now() - clock.minutes(60)
    more = {"arguments": "{}", "run_at": past, "created_at": past}
    Job.objects.create(task="integrations.backup", state=JobState.PARKED, **more)
    Job.objects.create(task="integrations.check", state=JobState.READY, **more)
    keeping.note_failure("No space left on device")
    found = rows(client, headers={"Accept-Language": "en"})
    assert {n: r["state"] for n, r in found.items() if n in ("jobs", "queue", "backup")} == {
        "jobs": "warning", "queue": "warning", "backup": "broken",
    }  # fmt: skip
    assert found["backup"]["fact"] == "The last one failed: No space left on device"
    assert "trunnion backup --night" in found["backup"]["fix"]
    chinese = rows(client, headers={"Accept-Language": "zh-CN"})
    assert chinese["jobs"]["title"] == "后台任务"
    assert chinese["backup"]["fact"].startswith("最近一次备份失败")
    assert all(chinese[n]["fix"] not in ("", found[n]["fix"]) for n in ("jobs", "queue", "backup"))


@pytest.mark.parametrize("role", ["read_only", "dispatcher", "engineer"])
def test_only_administrators_look(tenant, role):
    person = tenant.person(role)
    refused = tenant.client(User.objects.get(id=person.actor_id).email).get(CHECKS)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_granted")


def test_administrators_look(tenant):
    person = tenant.person("administrator")
    assert rows(tenant.client(User.objects.get(id=person.actor_id).email))["database"]["state"] == "ok"


def test_every_finding_has_its_words():
    words = catalogue()
    codes = {key.split(".")[1] for key in words["en"] if key.startswith("check.") and key.endswith(".fact")}
    for language in words:
        assert all(words[language][f"check.{code}.fact"] for code in codes)


@pytest.mark.django_db
def test_the_thorough_look_reads_the_whole_database():
    quick, whole = ({one.name for one in health.findings(thorough=deep)} for deep in (False, True))
    assert whole - quick == ({"integrity"} if connection.vendor == "sqlite" else set())
