"""What happened to a record, told by the detail of every kind that has a page."""

import pytest

from trunnion.assets.commands import location
from trunnion.assets.tests.builders import pump_model, room, site
from trunnion.catalog.commands import item, model
from trunnion.parties.commands import party
from trunnion.service.commands import desk


def changes(tenant, path):
    told = tenant.client().get(f"/api/{path}").json()["history"]
    edited = next(entry for entry in told if entry["verb"].endswith(".edit"))
    return [entry["verb"].rpartition(".")[2] for entry in told], edited["changes"][0]["fields"]


def of_party(ctx):
    row_id = party.create(ctx, name="Harbour", roles=["customer"]).id
    party.edit(ctx, row_id, phone="555")
    return f"parties/parties/{row_id}", {"phone": ["", "555"]}


def of_item(ctx):
    row_id = item.create(ctx, name="Seal", kind="spare").id
    item.edit(ctx, row_id, specification="65 mm")
    return f"catalog/items/{row_id}", {"specification": ["", "65 mm"]}


def of_model(ctx):
    row_id = pump_model(ctx)
    model.edit(ctx, row_id, model_number="MP 80")
    return f"catalog/models/{row_id}", {"model_number": ["MP 65", "MP 80"]}


def of_place(ctx):
    row_id = room(ctx, site(ctx))
    location.edit(ctx, row_id, code="R-1")
    return f"assets/locations/{row_id}", {"code": ["", "R-1"]}


def of_request(ctx):
    row_id = desk.create(ctx, text="Smells", as_order=False, reporter_contact="555 1234").id
    desk.edit(ctx, row_id, kind="complaint", reporter_contact="555 9876")
    return f"service/requests/{row_id}", {"request_kind": ["fault", "complaint"]}


@pytest.mark.parametrize("made", [of_party, of_item, of_model, of_place, of_request])
def test_a_detail_tells_what_was_changed(tenant, made):
    path, wanted = made(tenant.owner)
    verbs, fields = changes(tenant, path)
    assert verbs == ["edit", "create"]
    assert {name: fields[name] for name in wanted} == wanted
    # Whoever reported is told to those who may know, not by the way.
    assert "9876" not in str(fields)
