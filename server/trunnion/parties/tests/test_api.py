"""Parties through the door: lists, details, edits, words."""

import json

import pytest

from trunnion.attach.tests.vocabulary import missing_words
from trunnion.parties.commands import contact, site

from .builders import made


def test_lists_filter_search_and_sort(tenant):
    ctx, client = tenant.owner, tenant.client()
    for name, role in (("海港泵业", "supplier"), ("Wilo", "manufacturer"), ("Anchor Hotel", "customer")):
        made(ctx, name, role)
    rows = client.get("/api/parties/parties").json()["rows"]
    assert [r["name"] for r in rows] == ["Anchor Hotel", "海港泵业", "Wilo"]
    only = json.dumps({"field": "is_supplier", "op": "eq", "value": True})
    assert [r["name"] for r in client.get("/api/parties/parties", {"filter": only}).json()["rows"]] == [
        "海港泵业"
    ]
    for text in ("泵业", "hgby", "P-000001"):
        assert [r["name"] for r in client.get("/api/parties/parties", {"search": text}).json()["rows"]] == [
            "海港泵业"
        ]
    assert client.get("/api/parties/parties?sort=-number&limit=1").json()["rows"][0]["name"] == "Anchor Hotel"


def test_contacts_and_sites_are_lists_of_their_own(tenant):
    ctx, row = tenant.owner, made(tenant.owner, "Harbour")
    contact.add(ctx, row, "Anna", phone="555")
    site.add(ctx, row, "Pier 3", city="Hamburg")
    for name, text in (("contacts", "555"), ("sites", "hamburg")):
        (found,) = tenant.client().get(f"/api/parties/{name}", {"search": text}).json()["rows"]
        assert found["party_name"] == "Harbour"


def test_create_read_edit_archive(tenant):
    client = tenant.client()
    made_ = client.post(
        "/api/parties/parties/create", {"name": "Acme", "roles": ["customer"]}, "application/json"
    )
    assert made_.status_code == 200, made_.content
    path = f"/api/parties/parties/{made_.json()['id']}"
    detail = client.get(path)
    assert (detail["ETag"], detail.json()["roles"]) == ('"1"', ["customer"])
    assert client.patch(path, {"phone": "1"}, "application/json").status_code == 428
    edited = client.patch(path, {"phone": "1"}, "application/json", headers={"If-Match": '"1"'})
    assert edited.json()["version"] == 2
    stale = client.patch(path, {"phone": "2"}, "application/json", headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    assert client.generic("POST", f"{path}/archive").json()["version"] == 3
    assert (
        client.patch(path, {"phone": "2"}, "application/json", headers={"If-Match": '"3"'}).status_code == 409
    )


def test_likely_duplicates(tenant):
    made(tenant.owner, "上海海港医院有限公司")
    client = tenant.client()
    (found,) = client.get("/api/parties/parties/likely", {"name": "海港医院"}).json()["rows"]
    assert (found["name"], found["score"]) == ("上海海港医院有限公司", 90)
    assert client.get("/api/parties/parties/likely", {"name": "Wilo"}).json()["rows"] == []
    assert client.get("/api/parties/parties/likely", {"name": " "}).status_code == 422


def test_another_organisation_is_as_if_it_were_not_there(tenant, other):
    row = made(tenant.owner, "Secret Party")
    client = other.client()
    assert client.get(f"/api/parties/parties/{row}").status_code == 404
    assert client.post(f"/api/parties/parties/{row}/archive", {}, "application/json").status_code == 404
    assert client.get("/api/parties/parties?count=exact&search=secret").json()["count"]["value"] == 0


@pytest.mark.parametrize("room", ["parties"])
def test_nothing_is_without_words(room):
    assert missing_words(room) == []
