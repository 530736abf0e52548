"""Containers made to do harm: each is refused in words, and nothing is written, neither rows nor contents."""

import json
import zipfile
from uuid import uuid4

import pytest
from django.conf import settings

from trunnion.identity.models import Organisation, User
from trunnion.identity.tests.builders import found_tenant
from trunnion.integrations.moving import inward
from trunnion.kernel.errors import Refusal
from trunnion.kernel.models import Entry, Job, SearchText
from trunnion.kernel.words import catalogue

from .builders import doctored, exported, gone, living, packed, rewritten

pytestmark = pytest.mark.django_db(transaction=True)
ORDERS, ENTRIES, PAYLOADS = (
    "tables/work.order.jsonl",
    "journal/kernel.entry.jsonl",
    "journal/kernel.payload.jsonl",
)


@pytest.fixture
def away(tmp_path):
    """An organisation that is here no more, in a container."""
    shop = living(found_tenant("Harbour Hospital"))
    path = exported(shop.tenant, tmp_path / "a.zip", sign_ins=True)
    gone(shop.tenant.id)
    return path


def stock():
    """Everything that must not change."""
    files = sorted(p.name for p in settings.ENVIRONMENT.folder("files").rglob("*") if p.is_file())
    incoming = list(settings.ENVIRONMENT.folder("incoming").iterdir())
    counts = [m.objects.count() for m in (Organisation, User, Entry, Job, SearchText)]
    return counts, files, incoming


def refused(path, code):
    before = stock()
    with pytest.raises(Refusal) as caught:
        inward.read(path)
    assert caught.value.code == code, caught.value
    for language in ("en", "zh-CN"):
        assert f"refusal.{caught.value.code}" in catalogue()[language]
    assert stock() == before
    return caught.value.facts


def first(parts, member):
    return json.loads(parts[member].splitlines()[0])


def with_row(member, **facts):
    """Changes one row of a member."""

    def change(parts, _manifest):
        head, *rest = parts[member].splitlines(keepends=True)
        parts[member] = b"".join([json.dumps({**json.loads(head), **facts}).encode() + b"\n", *rest])

    return change


def test_it_comes_in_where_nobody_touched_it(away):
    assert inward.read(doctored(away, lambda *_: None)).entries > 0


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/etc/evil", "files/../../evil", "a\\..\\b", "C:evil", "files//x", "x/"]
)
def test_no_way_out_of_the_container(away, name):
    def change(parts, _manifest):
        parts[name] = b"evil"

    assert refused(doctored(away, change), "archive.damaged")["reason"] == "name"


def test_a_member_that_nobody_listed(away):
    facts = refused(
        doctored(away, lambda parts, _m: parts.update({"files/ab/evil": b"x"})), "archive.damaged"
    )
    assert facts == {"member": "files/ab/evil", "reason": "not_listed"}
    facts = refused(doctored(away, lambda parts, _m: parts.pop(ORDERS)), "archive.damaged")
    assert facts == {"member": ORDERS, "reason": "missing"}


def test_a_link_instead_of_a_file(away, tmp_path):
    with zipfile.ZipFile(away) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    link = zipfile.ZipInfo("files/ab/link")
    link.external_attr = 0o120777 << 16
    target = tmp_path / "link.zip"
    packed(target, parts)
    with zipfile.ZipFile(target, "a") as out:
        out.writestr(link, "/etc/passwd")
    packed_again(target)
    assert refused(target, "archive.damaged")["reason"] == "name"


def packed_again(path):
    from trunnion.kernel.portable.container import _seal

    _seal(path)


def test_a_bomb_is_not_unpacked(away):
    def change(parts, manifest):
        parts["lists/bomb.csv"] = b"0" * (80 << 20)
        manifest["members"]["lists/bomb.csv"] = {}

    assert refused(doctored(away, change), "archive.too_much")["bytes"] > 80 << 20


def test_a_wrong_digest(away):
    def change(parts, manifest):
        name = next(n for n in parts if n.startswith("files/") and n != "files/index.jsonl")
        parts[name] = b"something else"

    assert refused(doctored(away, change), "archive.damaged")["reason"] == "digest"
    body = bytearray(away.read_bytes())
    body[len(body) // 2] ^= 1
    away.write_bytes(bytes(body))
    assert refused(away, "archive.damaged")["reason"] == "digest"


def test_rows_of_another_organisation(away):
    told = refused(doctored(away, with_row(ORDERS, organisation_id=str(uuid4()))), "archive.foreign_row")
    assert told == {"table": "work.order", "line": 1}
    home = with_row("tables/identity.user.jsonl", home_organisation_id=str(uuid4()))
    refused(doctored(away, home), "archive.foreign_row")
    refused(
        doctored(away, with_row("tables/identity.organisation.jsonl", id=str(uuid4()))), "archive.foreign_row"
    )


def test_references_to_what_is_not_there(away):
    other = living(found_tenant("Canary Works"))
    told = refused(doctored(away, with_row(ORDERS, asset_id=str(uuid4()))), "archive.reference_lost")
    assert (told["table"], told["field"]) == ("work.order", "asset_id")
    refused(doctored(away, with_row(ORDERS, asset_id=str(other.pump))), "archive.reference_lost")


def test_an_id_that_is_taken_here(away):
    other = living(found_tenant("Canary Works"))
    refused(doctored(away, with_row("tables/assets.asset.jsonl", id=str(other.pump))), "archive.row_taken")


@pytest.mark.parametrize(
    ("member", "old", "new"),
    [
        (PAYLOADS, "Order closed", "Order forged"),
        (ENTRIES, "work.order.close", "work.order.start"),
        ("journal/kernel.chain.jsonl", '"sequence":', '"sequence":1'),
    ],
)
def test_a_doctored_journal(away, member, old, new):
    refused(doctored(away, lambda parts, _m: rewritten(parts, member, old, new)), "archive.journal_broken")


def test_an_entry_that_was_taken_out(away):
    def change(parts, _manifest):
        lines = parts[ENTRIES].splitlines(keepends=True)
        parts[ENTRIES] = b"".join(lines[:5] + lines[6:])

    assert refused(doctored(away, change), "archive.journal_broken")["sequence"] == 6


@pytest.mark.parametrize(
    "facts",
    [
        {"surprise": 1}, {"title": "x" * 100_000}, {"created_at": "yesterday"}, {"id": "no id"}, {"version": "one"},
        {"title": "a\x00b"}, {"version": 2**70},
    ],
)  # fmt: skip
def test_rows_of_another_shape(away, facts):
    assert refused(doctored(away, with_row(ORDERS, **facts)), "archive.row_unfit")["line"] == 1


def test_versions_are_told_apart(away):
    refused(doctored(away, lambda _p, m: m.update(format_version="1.1")), "archive.format_unknown")
    refused(doctored(away, lambda _p, m: m.update(format_version="2.0")), "archive.format_unknown")
    refused(doctored(away, lambda _p, m: m.update(format="zip")), "archive.unreadable")
    refused(doctored(away, lambda _p, m: m.update(content="installation")), "archive.other_content")
    refused(doctored(away, lambda _p, m: m["schema"]["work"].append("9999_later")), "archive.newer_program")
    refused(
        doctored(away, lambda _p, m: m["schema"].update(assets=m["schema"]["assets"][:3])), "archive.too_old"
    )
    refused(doctored(away, lambda _p, m: m.update(schema=[1])), "archive.unreadable")


def test_an_older_one_lacks_only_what_fields_know_themselves(away):
    def change(parts, manifest):
        manifest["schema"]["work"].pop()
        rows = [json.loads(line) for line in parts[ORDERS].splitlines()]
        for row in rows:
            del row["is_asset_stopped" if "is_asset_stopped" in row else "description"]
        parts[ORDERS] = b"".join(json.dumps(row).encode() + b"\n" for row in rows)

    assert inward.read(doctored(away, change)).rows > 0


@pytest.mark.parametrize("body", [b"", b"PK", b"not a zip at all" * 100])
def test_what_is_no_container(body, tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(body)
    refused(path, "archive.unreadable")
    assert set(catalogue()["en"]) == set(catalogue()["zh-CN"])


def test_a_manifest_that_makes_no_sense(away):
    refused(doctored(away, lambda _p, m: m.update(organisation="Harbour")), "archive.unreadable")
    with zipfile.ZipFile(away) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    packed(away, {**parts, "manifest.json": b"[]"})
    refused(away, "archive.damaged")
