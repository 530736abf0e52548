"""The signed-in customer: their own machines and requests by every route they use, nobody else's by any."""

import pytest

from trunnion.assets.commands import asset, location, qr
from trunnion.attach.commands import comment
from trunnion.identity.models import Membership
from trunnion.kernel.journal import enter_organisation
from trunnion.parties.commands import party
from trunnion.service.commands import triage
from trunnion.service.models import Request
from trunnion.service.types import RequestKind

from .builders import JSON, Guest, Service, signature


class Customers:
    """Two sites of one customer and a stranger's machine; a user of the first site, and one of the whole customer."""

    def __init__(self, service: Service) -> None:
        self.service, tenant, owner = service, service.tenant, service.owner
        self.foods = party.create(owner, name="Harbour Foods", roles=["customer"]).id
        self.mills = party.create(owner, name="Old Mills", roles=["customer"]).id
        self.sites = [
            location.create(owner, kind="site", name=name).id for name in ("North plant", "South plant")
        ]
        self.north, self.south, self.foreign = (
            asset.create(owner, name=name, location_id=site, user_party_id=who).id
            for name, site, who in (
                ("Mixer N", self.sites[0], self.foods),
                ("Mixer S", self.sites[1], self.foods),
                ("Mill", self.sites[0], self.mills),
            )
        )
        whole = [{"by": "customer", "target_id": self.foods}]
        self.user = tenant.person("customer_user", name="Zhao Min", scopes=whole)
        self.of_north = tenant.person(
            "customer_user", name="Wu Ting", scopes=[*whole, {"by": "location", "target_id": self.sites[0]}]
        )
        self.miller = tenant.person(
            "customer_user", name="Miller", scopes=[{"by": "customer", "target_id": self.mills}]
        )
        self.client, self.north_client, self.mill_client = (
            tenant.client(tenant.membership_of(ctx).email) for ctx in (self.user, self.of_north, self.miller)
        )

    def report(self, client, asset_id, **said):
        body = {"text": "Does not turn", **said}
        return client.post(f"/api/service/own/assets/{asset_id}/report", body, content_type=JSON)

    def act(self, client, request_id, verb, **body):
        return client.post(f"/api/service/own/requests/{request_id}/{verb}", body, content_type=JSON)


@pytest.fixture
def customers(service) -> Customers:
    return Customers(service)


def get(client, path):
    return client.get(f"/api/{path}")


def test_home_tells_of_ones_own_only(customers):
    answer = get(customers.client, "service/own/home").json()
    assert [one["name"] for one in answer["customers"]] == ["Harbour Foods"]
    assert {(one["name"], one["assets"]) for one in answer["sites"]} == {
        ("North plant", 1),
        ("South plant", 1),
    }
    of_north = get(customers.north_client, "service/own/home").json()
    assert [one["name"] for one in of_north["sites"]] == ["North plant"]
    assert get(customers.service.tenant.client(), "service/own/home").status_code == 200


def test_a_user_of_one_site_finds_nothing_at_another(customers):
    there = customers.report(customers.client, customers.south)
    assert there.status_code == 200, there.content
    request_id, order_id = _ids(customers, there.json()["number"])
    for client in (customers.north_client, customers.mill_client):
        for path in (
            f"service/own/assets/{customers.south}", f"assets/assets/{customers.south}",
            f"assets/assets/{customers.south}/file", f"service/own/requests/{request_id}",
            f"service/requests/{request_id}", f"work/orders/{order_id}",
        ):  # fmt: skip
            assert get(client, path).status_code == 404, path
        assert customers.report(client, customers.south).status_code == 404
        for verb, body in (
            ("message", {"text": "x"}), ("urge", {}), ("cancel", {}), ("reopen", {"reason": "x"}),
            ("rate", {"stars": 5}), ("confirm", {"name": "x", "signature_png_base64": signature()}),
        ):  # fmt: skip
            assert customers.act(client, request_id, verb, **body).status_code == 404, verb
        names = [row["name"] for row in get(client, "assets/assets").json()["rows"]]
        assert "Mixer S" not in names
        assert get(client, "service/requests").json()["rows"] == []
        assert get(client, "service/own/requests").json()["rows"] == []
        assert get(client, "work/orders").json()["rows"] == []
    assert [r["name"] for r in get(customers.north_client, "assets/assets").json()["rows"]] == ["Mixer N"]


def test_files_of_another_site_are_not_there(customers):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from .builders import photo

    sent = customers.client.post("/api/attach/files", {"file": SimpleUploadedFile("a.jpg", photo())}).json()
    customers.report(customers.client, customers.south, file_ids=[sent["id"]])
    path = f"attach/files/{sent['id']}"
    assert get(customers.client, path).status_code == 200
    for client in (customers.north_client, customers.mill_client):
        assert get(client, path).status_code == 404
        taken = customers.report(client, customers.north, file_ids=[sent["id"]])
        assert taken.status_code in (404, 422)


def test_another_organisation_sees_none_of_it(customers, other):
    there = customers.report(customers.client, customers.north).json()
    request_id, _ = _ids(customers, there["number"])
    stranger = other.client()
    for path in (f"service/own/assets/{customers.north}", f"service/own/requests/{request_id}"):
        assert get(stranger, path).status_code == 404
    assert Guest().client.get("/api/service/own/home").status_code == 401


def test_a_customer_without_a_party_sees_no_request(customers):
    customers.report(customers.client, customers.north)
    nobody = customers.service.tenant.person("customer_user")
    client = customers.service.tenant.client(customers.service.tenant.membership_of(nobody).email)
    assert get(client, "service/own/home").json() == {"customers": [], "sites": [], "open": []}
    assert get(client, "service/requests").json()["rows"] == []


def test_from_report_to_rating_signed_in(customers):
    service = customers.service
    told = customers.report(customers.client, customers.north, is_stopped=True)
    assert told.status_code == 200, told.content
    request_id, order_id = _ids(customers, told.json()["number"])
    row = service.request(told.json()["number"])
    assert (row.channel, row.customer_id, row.reporter_name) == ("portal", customers.foods, "Zhao Min")
    assert customers.act(customers.client, request_id, "message", text="Please ring first").status_code == 200
    shown = get(customers.client, f"service/own/requests/{request_id}").json()
    assert [(m["text"], m["is_mine"]) for m in shown["messages"]] == [("Please ring first", True)]
    colleague = get(customers.north_client, f"service/own/requests/{request_id}").json()
    assert [m["is_mine"] for m in colleague["messages"]] == [False]
    assert customers.act(customers.client, request_id, "urge").status_code == 200
    for verb in ("dispatch", "start"):
        service.do(verb, order_id)
    # Somebody is on the way: it is too late to take it back.
    assert customers.act(customers.client, request_id, "cancel").status_code == 409
    service.do("complete", order_id)
    done = customers.act(
        customers.client, request_id, "confirm", name="Zhao Min", signature_png_base64=signature()
    )
    assert done.status_code == 200, done.content
    assert customers.act(customers.client, request_id, "rate", stars=5).status_code == 200
    asset_page = get(customers.client, f"service/own/assets/{customers.north}").json()
    assert [v["remedy"] for v in asset_page["history"]] == ["Seal replaced"]
    assert [r["number"] for r in asset_page["requests"]] == [row.number]
    assert {"price", "cost"}.isdisjoint(str(asset_page))


def test_whoever_was_merged_reads_nothing_of_another_customers_talk(customers):
    service, guest = customers.service, Guest()
    told = customers.report(customers.client, customers.north).json()
    request_id, _ = _ids(customers, told["number"])
    customers.act(customers.client, request_id, "message", text="Ours alone")
    token, row = service.reported(guest)
    triage.merge(service.owner, row.id, into_id=request_id)
    comment.add(service.owner, "service.request", request_id, "We are coming")
    assert [m["text"] for m in guest.progress(token).json()["messages"]] == ["We are coming"]


def test_a_guests_words_are_not_called_ones_own(customers):
    service, guest = customers.service, Guest()
    label = qr.issue(service.owner, customers.north).token
    token = guest.report(label).json()["progress_token"]
    guest.act(token, "message", text="It smells")
    row = get(customers.client, "service/own/requests").json()["rows"][0]
    shown = get(customers.client, f"service/own/requests/{row['id']}").json()["messages"]
    assert [(m["text"], m["is_mine"], m["name"]) for m in shown] == [("It smells", False, "Reporter")]


def test_the_journal_names_who_acted(customers):
    from trunnion.kernel.models import Entry

    customers.report(customers.client, customers.north)
    enter_organisation(customers.service.tenant.id)
    entry = Entry.objects.filter(verb="service.request.report").latest("sequence")
    assert entry.actor_id == customers.user.actor_id


def test_colleagues_are_those_of_the_same_customer(customers):
    answer = get(customers.client, "identity/colleagues").json()
    assert {row["name"] for row in answer["rows"]} == {"Zhao Min", "Wu Ting"}
    # Whoever sees one site does not learn of those who see more.
    of_north = get(customers.north_client, "identity/colleagues").json()
    assert [row["name"] for row in of_north["rows"]] == ["Wu Ting"]
    assert get(customers.service.tenant.client(), "identity/colleagues").json()["rows"] == []


def test_inviting_and_closing_out_stays_within_ones_own_customer(customers):
    client = customers.client
    said = {"name": "Lin Hui", "email": "lin@example.org", "language": "zh-CN"}
    made = client.post("/api/identity/colleagues/invite", said, content_type=JSON)
    assert made.status_code == 200, made.content
    link = made.json()["link"]
    assert "/portal/join/" in link
    token = link.rsplit("/", 1)[1]
    joined = Guest().client.post(
        f"/api/identity/join/{token}",
        {"name": "Lin Hui", "email": "lin@example.org", "password": "correct horse 电池 staple"},
        content_type=JSON,
    )
    assert joined.status_code == 200, joined.content
    tenant = customers.service.tenant
    enter_organisation(tenant.id)
    lin = Membership.objects.of(tenant.owner).get(email="lin@example.org")
    assert tenant.context("lin@example.org").scope == customers.user.scope
    path = f"/api/identity/colleagues/{lin.id}/deactivate"
    assert customers.mill_client.post(path, {}, content_type=JSON).status_code == 404
    assert customers.north_client.post(path, {}, content_type=JSON).status_code == 404
    owner = tenant.membership_of(tenant.owner)
    assert (
        client.post(f"/api/identity/colleagues/{owner.id}/deactivate", {}, content_type=JSON).status_code
        == 404
    )
    assert client.post(path, {}, content_type=JSON).status_code == 200
    enter_organisation(tenant.id)
    assert not Membership.objects.of(tenant.owner).get(id=lin.id).is_active
    again = client.post(
        "/api/identity/colleagues/invite", said | {"email": "x@example.org"}, content_type=JSON
    )
    revoke = f"/api/identity/colleagues/invitations/{again.json()['id']}/revoke"
    assert customers.mill_client.post(revoke, {}, content_type=JSON).status_code == 404
    assert client.post(revoke, {}, content_type=JSON).status_code == 200


def test_a_low_rating_waits_before_the_desk(customers):
    service = customers.service
    told = customers.report(customers.client, customers.north).json()
    request_id, order_id = _ids(customers, told["number"])
    for verb in ("dispatch", "start", "complete"):
        service.do(verb, order_id)
    assert customers.act(customers.client, request_id, "rate", stars=2, text="Left oil").status_code == 200
    enter_organisation(service.tenant.id)
    complaint = Request.objects.of(service.owner).get(about_id=request_id)
    assert (complaint.request_kind, complaint.state) == (RequestKind.COMPLAINT, "new")
    assert "Left oil" in complaint.text
    # Changed one's mind: the same complaint says the latest, and the customer sees none of it.
    customers.act(customers.client, request_id, "rate", stars=1, text="And water")
    enter_organisation(service.tenant.id)
    assert "And water" in Request.objects.of(service.owner).get(about_id=request_id).text
    assert [r["number"] for r in get(customers.client, "service/own/requests").json()["rows"]] == [
        told["number"]
    ]


def _ids(customers, number):
    row = customers.service.request(number)
    return row.id, row.order_id
