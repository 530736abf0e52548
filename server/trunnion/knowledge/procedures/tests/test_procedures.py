"""A procedure's way: written, approved by somebody else, revised, retired; found where it fits."""

import pytest

from trunnion.attach.commands import file
from trunnion.attach.tests.builders import jpeg
from trunnion.catalog.commands import model
from trunnion.catalog.queries import find_class
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, Refusal, WrongState
from trunnion.kernel.ids import uuid7
from trunnion.knowledge.procedures import queries
from trunnion.knowledge.procedures.commands import procedure, version
from trunnion.knowledge.procedures.models import Procedure, ProcedureVersion

from .builders import STEPS, approved, draft, newest

JSON = "application/json"


def states(tenant, procedure_id):
    rows = ProcedureVersion.objects.of(tenant.owner).filter(procedure_id=procedure_id).order_by("no")
    return list(rows.values_list("no", "state"))


def test_it_is_approved_by_somebody_else(tenant):
    made = draft(tenant)
    assert made.number == "SOP-000001"
    row = newest(tenant, made.id)
    manager = tenant.person("manager")
    with pytest.raises(WrongState):
        version.approve(manager, row.id)
    version.submit(tenant.owner, row.id)
    with pytest.raises(Refusal) as refused:
        version.approve(tenant.owner, row.id)
    assert refused.value.code == "procedure.own_approval"
    with pytest.raises(WrongState):
        version.write(tenant.owner, row.id, steps=STEPS)
    version.send_back(manager, row.id, reason="Say which bearing")
    assert newest(tenant, made.id).remark == "Say which bearing"
    version.write(tenant.owner, row.id, steps=STEPS[:2])
    version.submit(tenant.owner, row.id)
    version.approve(manager, row.id)
    shown = queries.get_procedure(tenant.owner, made.id)
    assert (shown["approved_no"], shown["versions"][0]["state"]) == (1, "approved")
    assert shown["versions"][0]["actions"] == ["revise", "retire"]
    with pytest.raises(NotGranted):
        version.revise(manager, row.id)


def test_whoever_is_alone_approves_their_own(tenant):
    made = draft(tenant)
    row = newest(tenant, made.id)
    version.submit(tenant.owner, row.id)
    version.approve(tenant.owner, row.id)
    assert states(tenant, made.id) == [(1, "approved")]


def test_a_new_version_takes_over_only_when_it_is_approved(tenant):
    made = approved(tenant)
    second = version.revise(tenant.owner, newest(tenant, made.id).id)
    assert second.no == 2
    with pytest.raises(Refusal) as refused:
        version.revise(tenant.owner, ProcedureVersion.objects.of(tenant.owner).get(no=1).id)
    assert refused.value.code == "procedure.open_already"
    version.write(tenant.owner, second.id, steps=STEPS[:1], change="Shorter")
    assert len(queries.get_frozen(tenant.owner, made.id).steps) == 4
    version.submit(tenant.owner, second.id)
    version.approve(tenant.person("manager"), second.id)
    assert states(tenant, made.id) == [(1, "superseded"), (2, "approved")]
    frozen = queries.get_frozen(tenant.owner, made.id)
    assert (frozen.no, [step.key for step in frozen.steps]) == (2, ["safe"])


def test_what_is_retired_is_not_followed_until_it_is_revised(tenant):
    made = approved(tenant)
    row = newest(tenant, made.id)
    version.retire(tenant.owner, row.id, reason="Pump is gone")
    with pytest.raises(Invalid) as refused:
        queries.get_frozen(tenant.owner, made.id)
    assert refused.value.errors[0].code == "procedure.not_in_force"
    again = version.revise(tenant.owner, row.id)
    version.submit(tenant.owner, again.id)
    version.approve(tenant.person("manager"), again.id)
    assert states(tenant, made.id) == [(1, "superseded"), (2, "approved")]


def test_nothing_is_written_of_what_is_refused(tenant):
    wrong = ({**STEPS[1], "low": "90"},)
    with pytest.raises(Invalid) as refused:
        draft(tenant, wrong)
    error = refused.value.errors[0]
    assert (error.pointer, error.facts["step"]) == ("/steps/0/high", "Bearing temperature")
    assert not Procedure.objects.of(tenant.owner).exists()
    empty = newest(tenant, draft(tenant, ()).id)
    with pytest.raises(Refusal) as refused_empty:
        version.submit(tenant.owner, empty.id)
    assert refused_empty.value.code == "procedure.empty"
    with pytest.raises(Invalid):
        procedure.create(tenant.owner, name="x", classes=["NOPE"])
    with pytest.raises(Invalid):
        procedure.create(tenant.owner, name="x", model_ids=[uuid7()])


def test_a_picture_hangs_on_the_procedure(tenant):
    made = draft(tenant)
    row = newest(tenant, made.id)
    stored = file.store(tenant.owner, "bearing.jpg", [jpeg()])
    pictured = ({**STEPS[0], "file_id": stored.id},)
    with pytest.raises(Invalid) as refused:
        version.write(tenant.owner, row.id, steps=pictured)
    assert refused.value.errors[0].code == "procedure.file_elsewhere"
    file.link(tenant.owner, stored.id, kind=Procedure.kind, row_id=made.id)
    version.write(tenant.owner, row.id, steps=pictured)
    shown = queries.get_procedure(tenant.owner, made.id)["versions"][0]["steps"]
    assert shown[0]["file_id"] == str(stored.id)
    assert "file_id" not in queries.get_portable(tenant.owner, row.id)["steps"][0]


def test_the_best_fitting_is_proposed_first(tenant):
    pumps = find_class(tenant.owner, "PU")
    kind = model.create(tenant.owner, name="NK 50", equipment_class_id=pumps.id).id
    for_all = approved(tenant, name="All")
    for_class = approved(tenant, name="Pumps", classes=["PU"])
    for_model = approved(tenant, name="This model", model_ids=[kind], purposes=["inspection"])
    approved(tenant, name="Compressors", classes=["CO"])
    draft(tenant, name="Not yet")
    found = queries.list_proposed(tenant.owner, kind, "PU", "inspection")
    assert [(one.id, one.fits) for one in found] == [
        (for_model.id, "model"), (for_class.id, "class"), (for_all.id, "any"),
    ]  # fmt: skip
    assert [one.name for one in queries.list_proposed(tenant.owner, kind, "PU", "corrective")] == [
        "Pumps",
        "All",
    ]
    assert [one.name for one in queries.list_proposed(tenant.owner, None, "", "corrective")] == ["All"]


def test_models_and_names_are_changed_without_a_version(tenant):
    kind = model.create(tenant.owner, name="NK 50").id
    made = approved(tenant, model_ids=[kind])
    procedure.edit(tenant.owner, made.id, name="Pump round B", model_ids=[])
    shown = queries.get_procedure(tenant.owner, made.id)
    assert (shown["name"], shown["models"], shown["approved_no"]) == ("Pump round B", [], 1)


def test_others_neither_see_nor_write_it(tenant, other):
    made = approved(tenant)
    for attempt in (
        lambda: queries.get_procedure(other.owner, made.id),
        lambda: version.retire(other.owner, newest(tenant, made.id).id, reason="x"),
    ):
        with pytest.raises(NotVisible):
            attempt()
    with pytest.raises(NotGranted):
        procedure.create(tenant.person("engineer"), name="x")


def test_a_file_goes_round_through_the_door(tenant):
    made, client = approved(tenant), tenant.client()
    row = newest(tenant, made.id)
    carried = client.get(f"/api/knowledge/procedure_versions/{row.id}/portable").json()
    back = client.post("/api/knowledge/procedures/create", carried, content_type=JSON).json()
    assert newest(tenant, back["id"]).steps == row.steps
    table = client.get(f"/api/knowledge/procedure_versions/{row.id}/steps.csv?language=zh-CN")
    assert table.headers["Content-Disposition"] == 'attachment; filename="SOP-000001-1.csv"'
    brought = client.post(
        "/api/knowledge/procedures/bring_in", {"name": "From a table", "table": table.content.decode()},
        content_type=JSON,
    )  # fmt: skip
    assert newest(tenant, brought.json()["id"]).steps == row.steps
    listed = client.get("/api/knowledge/procedures", {"search": "table"}).json()["rows"]
    assert [one["name"] for one in listed] == ["From a table"]
