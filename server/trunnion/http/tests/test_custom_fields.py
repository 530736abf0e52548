"""Custom fields: defined, set by a record's own verbs, told in details, refused in words."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from trunnion.assets.commands import asset
from trunnion.attach import queries
from trunnion.attach.commands import custom, custom_field
from trunnion.attach.custom.reading import detail
from trunnion.catalog.commands import equipment_class, model
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Invalid, NotGranted, Refusal
from trunnion.kernel.history import of_record
from trunnion.kernel.journal import enter_organisation

KIND = "assets.asset"
COLOURS = [
    {"value": "red", "label_en": "Red", "label_zh": "红色"},
    {"value": "blue", "label_en": "Blue", "label_zh": "蓝色"},
]


def define(ctx, key="pressure", value_type="number", **facts):
    known = {"kind": KIND, "label_en": key.title(), "label_zh": f"字段{key}", **facts}
    return custom_field.create(ctx, key=key, value_type=value_type, **known)


def told(ctx, row_id):
    with reading(ctx.organisation_id):
        return {f["key"]: f for f in detail(ctx, KIND, row_id)}


def faults(caught):
    return [(e.pointer, e.code) for e in caught.value.errors]


@pytest.fixture
def owner(tenant):
    enter_organisation(tenant.id)
    return tenant.owner


@pytest.mark.parametrize(
    ("value_type", "facts", "entered", "held"),
    [
        ("text", {}, " Pump room ", "Pump room"),
        ("long_text", {}, "line\nline", "line\nline"),
        ("number", {"unit": "kPa"}, 250.5, Decimal("250.5")),
        ("number", {"unit": "kPa"}, "2.5 bar", Decimal(250)),
        ("number", {"unit": "kPa"}, {"value": "2.5", "unit": "bar"}, Decimal(250)),
        ("integer", {}, "12", 12),
        ("yes_no", {}, False, False),
        ("date", {}, "2026-11-22", date(2026, 11, 22)),
        ("datetime", {}, "2026-11-22T09:00:00+08:00", datetime(2026, 11, 22, 1, tzinfo=UTC)),
        ("choice", {"choices": COLOURS}, "红色", "red"),
        ("choices", {"choices": COLOURS}, ["blue", "Red"], ["red", "blue"]),
        ("link", {}, "https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("text", {"pattern": "ipv4"}, "10.0.0.254", "10.0.0.254"),
    ],
)
def test_a_value_is_stored_typed_and_told_with_its_words(owner, value_type, facts, entered, held):
    define(owner, value_type=value_type, **facts)
    made = asset.create(owner, name="Pump", custom={"pressure": entered})
    shown = told(owner, made.id)["pressure"]
    assert (shown["value"], shown["unit"]) == (held, facts.get("unit", ""))
    assert shown["words"] == {"red": "Red", "['red', 'blue']": "Red, Blue"}.get(str(held))
    asset.edit(owner, made.id, custom={"pressure": None})
    assert told(owner, made.id)["pressure"]["value"] is None


@pytest.mark.parametrize(
    ("value_type", "facts", "entered", "code"),
    [
        ("text", {"most_length": 3}, "long", "field.string_too_long"),
        ("text", {}, 5, "field.string_type"),
        ("text", {}, "a\x00", "field.control_character"),
        ("text", {"pattern": "digits"}, "12a", "custom_pattern"),
        ("text", {"pattern": "email"}, "a" * 400, "custom_pattern"),
        ("number", {"unit": "kPa"}, "5 parsec", "field.unit_unknown"),
        ("number", {"unit": "kPa"}, "5 kg", "custom_unit_mismatch"),
        ("number", {}, "5 kg", "custom_no_unit"),
        ("number", {}, "a lot", "custom_number"),
        ("number", {}, True, "custom_number"),
        ("number", {}, float("nan"), "number_out_of_range"),
        ("number", {}, "99999999999999999999", "number_out_of_range"),
        ("number", {"lowest": Decimal(1)}, 0, "custom_too_low"),
        ("number", {"highest": Decimal(1)}, 2, "custom_too_high"),
        ("integer", {}, 1.5, "field.int_from_float"),
        ("yes_no", {}, "yes", "field.bool_type"),
        ("date", {}, "22.11.2026", "field.date_parsing"),
        ("datetime", {}, "2026-11-22T09:00:00", "field.timezone_aware"),
        ("datetime", {}, "0001-01-01T00:00:00+14:00", "field.datetime_parsing"),
        ("choice", {"choices": COLOURS}, "green", "field.enum"),
        ("choices", {"choices": COLOURS}, "red", "field.list_type"),
        ("link", {}, "javascript:alert(1)", "custom_link"),
        ("reference", {"refers_to": "parties.party"}, "nobody", "field.uuid_parsing"),
        (
            "reference",
            {"refers_to": "parties.party"},
            "01a2012d-6598-7000-b8ba-d3ce08f429ac",
            "reference_unknown",
        ),
    ],
)
def test_what_does_not_fit_is_refused_by_its_place(owner, value_type, facts, entered, code):
    define(owner, value_type=value_type, **facts)
    with pytest.raises(Invalid) as caught:
        asset.create(owner, name="Pump", custom={"pressure": entered})
    assert faults(caught) == [("/custom/pressure", code)]


@pytest.mark.parametrize(
    ("facts", "pointer", "code"),
    [
        ({"key": "taken"}, "/key", "custom_key_taken"),
        ({"kind": "attach.tag"}, "/kind", "kind_unknown"),
        ({"unit": "parsec"}, "/unit", "field.unit_unknown"),
        ({"value_type": "text", "unit": "kPa"}, "/unit", "unit_without_number"),
        ({"lowest": 5, "highest": 1}, "/highest", "custom_limits_reversed"),
        ({"value_type": "text", "lowest": 5}, "/lowest", "custom_unfit"),
        ({"value_type": "text", "pattern": "(a+)+$"}, "/pattern", "field.enum"),
        ({"value_type": "yes_no", "most_length": 5}, "/most_length", "custom_unfit"),
        ({"value_type": "choice"}, "/choices", "custom_choices_needed"),
        ({"value_type": "choice", "choices": [COLOURS[0], COLOURS[0]]}, "/choices/1/value", "custom_choice_twice"),
        ({"value_type": "reference", "refers_to": "moon.rock"}, "/refers_to", "kind_unknown"),
        ({"required_at": ["explode"]}, "/required_at/0", "custom_verb_unknown"),
        ({"narrowed_by": "moon", "narrowed_to": ["x"]}, "/narrowed_by", "custom_narrowing_unknown"),
        ({"narrowed_by": "equipment_class", "narrowed_to": ["x"]}, "/narrowed_to", "custom_narrow_unknown"),
        ({"lowest": 5, "default": 1}, "/default", "custom_too_low"),
    ],
)  # fmt: skip
def test_a_definition_that_cannot_be_followed_is_refused(owner, facts, pointer, code):
    define(owner, "taken")
    with pytest.raises(Invalid) as caught:
        define(owner, **{"key": "pressure", **facts})
    assert faults(caught) == [(pointer, code)]


def test_what_values_depend_on_stays_while_there_are_any(owner):
    made = define(owner, "colour", "choice", choices=COLOURS)
    field = {"field_id": made.id}
    asset.create(owner, name="Pump", custom={"colour": "red"})
    for changes, code in (
        ({"value_type": "text", "choices": []}, "custom_fixed_by_values"),
        ({"choices": COLOURS[1:]}, "custom_choice_used"),
    ):
        with pytest.raises(Invalid) as caught:
            custom_field.edit(owner, **field, **changes)
        assert faults(caught)[0][1] == code
    with pytest.raises(Refusal) as refused:
        custom_field.remove(owner, **field)
    assert refused.value.code == "custom_has_values"
    custom_field.edit(owner, **field, choices=[{**COLOURS[0], "is_archived": True}, COLOURS[1]])
    with pytest.raises(Invalid):
        asset.create(owner, name="Pump", custom={"colour": "red"})
    custom_field.archive(owner, **field)
    with pytest.raises(Invalid) as caught:
        asset.create(owner, name="Pump", custom={"colour": "blue"})
    assert faults(caught) == [("/custom/colour", "custom_archived")]
    custom_field.restore(owner, **field)
    assert asset.create(owner, name="Pump", custom={"colour": "blue"}).version == 1


def test_required_fields_are_asked_of_people_where_they_belong(owner, tenant):
    define(owner, "serial_plate", "text", required_at=["always"])
    define(owner, "handover", "yes_no", required_at=["decommission"])
    with pytest.raises(Invalid) as caught:
        asset.create(owner, name="Pump")
    assert faults(caught) == [("/custom/serial_plate", "custom_required")]
    made = asset.create(owner, name="Pump", custom={"serial_plate": "X"})
    with pytest.raises(Invalid) as caught:
        asset.edit(owner, made.id, custom={"serial_plate": ""})
    assert faults(caught) == [("/custom/serial_plate", "custom_required")]
    assert asset.edit(owner, made.id, name="Pump 2").version == 2
    from trunnion.assets.commands import life

    with pytest.raises(Invalid) as caught:
        life.take_out(owner, made.id) and life.decommission(owner, made.id)
    assert faults(caught) == [("/custom/handover", "custom_required")]
    assert life.decommission(owner, made.id, custom={"handover": True}).state == "decommissioned"


def test_a_default_is_filled_in_and_the_journal_tells_of_the_record(owner):
    define(owner, "pressure", default="5")
    made = asset.create(owner, name="Pump")
    assert told(owner, made.id)["pressure"]["value"] == 5
    done = asset.edit(owner, made.id, custom={"pressure": 7})
    assert done.version == 2
    assert asset.edit(owner, made.id, custom={"pressure": "7.0"}).version == 2
    with reading(owner.organisation_id):
        newest = of_record(owner, made.id)[1]
    assert newest["verb"] == "assets.asset.edit"
    assert newest["changes"][0]["fields"] == {"custom.pressure": ["5", "7"]}
    assert (newest["changes"][0]["kind"], newest["changes"][0]["id"]) == (KIND, str(made.id))


def test_a_field_of_a_class_is_kept_of_its_subtree_only(owner):
    pumps = equipment_class.create(owner, code="PX", name_en="Pumps", name_zh="泵")
    fire = equipment_class.create(
        owner, code="PXF", name_en="Fire pumps", name_zh="消防泵", parent_id=pumps.id
    )
    own = model.create(owner, name="F-1", equipment_class_id=fire.id)
    define(owner, "flow", narrowed_by="equipment_class", narrowed_to=[str(pumps.id)], required_at=["always"])
    made = asset.create(owner, name="Lamp")
    assert told(owner, made.id) == {}
    with pytest.raises(Invalid) as caught:
        asset.edit(owner, made.id, custom={"flow": 1})
    assert faults(caught) == [("/custom/flow", "custom_elsewhere")]
    with pytest.raises(Invalid) as caught:
        asset.create(owner, name="Fire pump", model_id=own.id)
    assert faults(caught) == [("/custom/flow", "custom_required")]
    assert told(owner, asset.create(owner, name="P", model_id=own.id, custom={"flow": 1}).id)["flow"]


def test_many_records_are_filled_at_once_or_none(owner, tenant):
    define(owner)
    ids = [asset.create(owner, name=f"Pump {i}").id for i in range(3)]
    lines = [{"row_id": i, "values": {"pressure": n}} for n, i in enumerate(ids)]
    assert custom.set_many(owner, kind=KIND, lines=lines).changed == 3
    assert custom.set_many(owner, kind=KIND, lines=lines).same == 3
    with pytest.raises(Invalid) as caught:
        custom.set_many(owner, kind=KIND, lines=[lines[0], {"row_id": ids[1], "values": {"pressure": "x"}}])
    assert faults(caught) == [("/lines/1/values/pressure", "custom_number")]
    assert told(owner, ids[2])["pressure"]["value"] == 2
    with reading(owner.organisation_id):
        assert of_record(owner, ids[2])[0]["verb"] == "attach.custom.set_many"
    engineer = tenant.person("engineer")
    with pytest.raises(NotGranted):
        custom.set_many(engineer, kind=KIND, lines=lines)


def test_who_may_define_and_who_is_told(owner, tenant, other):
    define(owner, "secret", "text")
    define(owner, "public", "text", is_shared=True)
    made = asset.create(owner, name="Pump", custom={"secret": "a", "public": "b"})
    with pytest.raises(NotGranted):
        define(tenant.person("engineer"), "more")
    assert set(told(tenant.person("engineer"), made.id)) == {"secret", "public"}
    assert set(told(tenant.person("customer_user"), made.id)) == {"public"}
    with reading(owner.organisation_id):
        assert [f.key for f in queries.custom_fields(owner, KIND)] == ["secret", "public"]
    with pytest.raises(Invalid):
        asset.create(other.owner, name="Pump", custom={"public": "b"})


def test_over_the_api(owner, tenant):
    client = tenant.client()
    body = {
        "kind": KIND,
        "key": "flow",
        "label_en": "Flow",
        "label_zh": "流量",
        "value_type": "number",
        "unit": "m3/h",
    }
    made = client.post("/api/attach/custom_fields/create", body, content_type="application/json")
    assert made.status_code == 200, made.content
    answer = client.post(
        "/api/assets/assets/create",
        {"name": "P", "custom": {"flow": "1 l/s"}},
        content_type="application/json",
    )
    assert answer.status_code == 200, answer.content
    card = client.get(f"/api/assets/assets/{answer.json()['id']}").json()
    assert [(f["label"], f["value"], f["unit"]) for f in card["custom"]] == [("Flow", "3.6", "m3/h")]
    wrong = client.post(
        "/api/assets/assets/create", {"name": "P", "custom": {"flow": "x"}}, content_type="application/json"
    )
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/custom/flow")
    odd = client.post(
        "/api/assets/assets/create", {"name": "P", "custom": "x"}, content_type="application/json"
    )
    assert (odd.status_code, odd.json()["errors"][0]["pointer"]) == (422, "/custom")
    kinds = client.get("/api/attach/custom_fields/kinds").json()
    assert {
        "assets.asset",
        "assets.location",
        "parties.party",
        "catalog.item",
        "catalog.model",
        "work.order",
    } <= {k["kind"] for k in kinds["kinds"]}
    assert client.get(f"/api/attach/custom_fields/{made.json()['id']}").json()["values"] == 1


def test_fields_are_put_in_order(owner):
    a, b, c = (define(owner, key).id for key in ("first", "second", "third"))
    custom_field.arrange(owner, kind=KIND, field_ids=[c, a])
    with reading(owner.organisation_id):
        rows = queries.get_custom_offered(owner, KIND)["rows"]
    assert [row["key"] for row in rows] == ["third", "first", "second"]
    with pytest.raises(Invalid) as caught:
        custom_field.arrange(owner, kind=KIND, field_ids=[b, b])
    assert faults(caught) == [("/field_ids/1", "custom_twice")]
    with pytest.raises(Invalid) as caught:
        custom_field.arrange(owner, kind="work.order", field_ids=[b])
    assert faults(caught) == [("/field_ids/0", "reference_unknown")]


def test_a_form_shows_what_fits_the_class_that_is_chosen(owner):
    pumps = equipment_class.create(owner, code="PX", name_en="Pumps", name_zh="泵")
    below = equipment_class.create(
        owner, code="PXS", name_en="Screw pump", name_zh="螺杆泵", parent_id=pumps.id
    )
    screw = model.create(owner, name="Screw", equipment_class_id=below.id)
    fan = model.create(owner, name="Fan")
    define(owner, "flow", narrowed_by="equipment_class", narrowed_to=[str(pumps.id)])
    gone = define(owner, "old")
    custom_field.archive(owner, field_id=gone.id)
    define(
        owner, "colour", "choice", choices=[*COLOURS, {**COLOURS[0], "value": "grey", "is_archived": True}]
    )

    def keys(through=None):
        with reading(owner.organisation_id):
            return [row["key"] for row in queries.get_custom_offered(owner, KIND, through)["rows"]]

    assert keys() == keys(fan.id) == ["colour"]
    assert keys(screw.id) == ["flow", "colour"]
    with reading(owner.organisation_id):
        told = queries.get_custom_offered(owner, KIND)["rows"][0]
    assert [c["value"] for c in told["choices"]] == ["red", "blue"]
