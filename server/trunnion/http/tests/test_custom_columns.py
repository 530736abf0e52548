"""Custom fields and tags in lists: described, shown, filtered, put in order, exported; nothing where not asked for."""

import csv
import json

import pytest

from trunnion.assets.commands import asset
from trunnion.assets.queries import lists
from trunnion.attach.commands import custom_field, tag
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Invalid, NotVisible
from trunnion.kernel.ids import uuid7
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.listing import exports, page
from trunnion.parties.commands import party

KIND = "assets.asset"
LEVELS = [{"value": v, "label_en": v.title(), "label_zh": f"级{v}"} for v in ("low", "high")]
FIELDS = {
    "note": {"value_type": "text"}, "load": {"value_type": "number", "unit": "kW"},
    "doors": {"value_type": "integer"}, "is_vital": {"value_type": "yes_no"}, "built": {"value_type": "date"},
    "seen": {"value_type": "datetime"}, "level": {"value_type": "choice", "choices": LEVELS},
    "levels": {"value_type": "choices", "choices": LEVELS},
    "keeper": {"value_type": "reference", "refers_to": "parties.party"},
}  # fmt: skip
SECOND = {
    "note": "Beta 泵", "load": "7.5", "doors": 3, "is_vital": True, "built": "2026-01-02",
    "seen": "2026-01-02T03:04:05Z", "level": "high", "levels": ["low", "high"],
}  # fmt: skip


@pytest.fixture
def ctx(tenant):
    enter_organisation(tenant.id)
    for key, facts in FIELDS.items():
        custom_field.create(
            tenant.owner, kind=KIND, key=key, label_en=key.title(), label_zh=f"字段{key}", **facts
        )
    return tenant.owner


@pytest.fixture
def rows(ctx):
    """Three assets: with small values, with large ones, with none; by name."""
    keeper = party.create(ctx, name="Keeper & Co", roles=["contractor"]).id
    first = {
        "note": "alpha", "load": "2 kW", "doors": 1, "is_vital": False, "built": "2025-01-02",
        "seen": "2025-01-02T03:04:05Z", "level": "low", "levels": ["low"], "keeper": str(keeper),
    }  # fmt: skip
    return {
        "A": asset.create(ctx, name="A", custom=first).id,
        "B": asset.create(ctx, name="B", custom=SECOND).id,
        "C": asset.create(ctx, name="C").id,
    }


def listed(ctx, **ask):
    with reading(ctx.organisation_id):
        return page.page(ctx, lists.ASSETS, page.Ask(**ask))


def found(ctx, field, op, value):
    ask = json.dumps({"field": field, "op": op, "value": value})
    return "".join(sorted(row["name"] for row in listed(ctx, filter=ask, columns="name")["rows"]))


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(
    ("field", "op", "value", "names"),
    [
        ("note", "eq", "alpha", "A"), ("note", "ne", "alpha", "BC"), ("note", "in", ["alpha", "x"], "A"),
        ("note", "contains", "泵", "B"), ("note", "starts", "AL", "A"), ("note", "is_null", True, "C"),
        ("load", "gt", "2", "B"), ("load", "between", ["1", "7.5"], "AB"), ("load", "is_null", False, "AB"),
        ("doors", "eq", 3, "B"), ("doors", "lte", 2, "A"), ("is_vital", "eq", True, "B"),
        ("built", "lt", "2026-01-01", "A"), ("built", "eq", "2026-01-02", "B"),
        ("seen", "gte", "2026-01-01T00:00:00Z", "B"), ("level", "eq", "high", "B"), ("level", "in", ["low"], "A"),
        ("levels", "eq", "low", "AB"), ("levels", "ne", "high", "AC"), ("levels", "in", ["high"], "B"),
    ],
)  # fmt: skip
def test_each_type_is_filtered(ctx, field, op, value, names):
    assert found(ctx, f"custom.{field}", op, value) == names


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("field", ["note", "load", "doors", "is_vital", "built", "seen"])
@pytest.mark.parametrize("extra", ["", ",-name"])
@pytest.mark.parametrize("limit", [1, 2, 10])
def test_order_and_pages_with_nulls_last(ctx, field, extra, limit):
    for sign, wanted in (("", "ABC"), ("-", "BAC")):
        cursor, names = None, ""
        while True:
            told = listed(
                ctx, sort=f"{sign}custom.{field}{extra}", limit=limit, cursor=cursor, columns="name"
            )
            names += "".join(row["name"] for row in told["rows"])
            cursor = told["next"]
            if cursor is None:
                break
        assert names == wanted


def test_columns_are_shown_with_a_query_for_all_of_them(ctx, rows, django_assert_num_queries):
    shown = "name," + ",".join(f"custom.{key}" for key in FIELDS) + ",custom.keeper.name,tags"
    tag.put(ctx, kind=KIND, row_id=rows["B"], names=["急", "Fire"])
    told = {row["name"]: row for row in listed(ctx, columns=shown)["rows"]}
    assert told["A"]["custom.keeper.name"] == "Keeper & Co"
    assert (told["B"]["custom.load"], told["B"]["custom.levels"]) == (7.5, ["low", "high"])
    assert (told["B"]["tags"], told["C"]["tags"], told["C"]["custom.note"]) == (["Fire", "急"], None, None)
    for number in range(5):
        asset.create(ctx, name=f"More {number}", custom=SECOND)
    with reading(ctx.organisation_id), django_assert_num_queries(1):
        page.page(ctx, lists.ASSETS, page.Ask())
    with reading(ctx.organisation_id), django_assert_num_queries(3):
        page.page(ctx, lists.ASSETS, page.Ask(columns="name,custom.load,custom.note,custom.doors"))


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        ({"columns": "custom.moon"}, "listing.column_unknown"),
        ({"sort": "custom.levels"}, "listing.not_sortable"),
        ({"sort": "custom.load", "cursor": "W10"}, "listing.cursor_wrong"),
        ({"sort": "custom.load", "cursor": "WyJ4IiwieSJd"}, "listing.cursor_wrong"),
        ({"sort": "custom.load", "cursor": "W251bGwsIngiXQ"}, "listing.cursor_wrong"),
        ({"filter": '{"field":"custom.level","op":"eq","value":"moon"}'}, "filter.value_wrong"),
        ({"filter": '{"field":"custom.load","op":"contains","value":"1"}'}, "filter.operator_unknown"),
        ({"filter": '{"field":"custom.keeper.name","op":"eq","value":"x"}'}, "filter.field_unknown"),
    ],
)
def test_what_cannot_be_asked_is_refused(ctx, ask, code):
    with pytest.raises(Invalid) as caught:
        listed(ctx, **ask)
    assert caught.value.errors[0].code == code


def test_the_list_describes_them_in_both_languages(ctx, tenant, other):
    told = tenant.client().get("/api/assets/assets/columns").json()["columns"]
    by_key = {column["key"]: column for column in told}
    assert by_key["custom.load"]["label"] == {"en": "Load", "zh-CN": "字段load"}
    assert (by_key["custom.load"]["unit"], by_key["custom.load"]["type"]) == ("kW", "decimal")
    assert by_key["custom.level"]["choices"][0] == {
        "value": "low", "words_key": "", "label": {"en": "Low", "zh-CN": "级low"},
    }  # fmt: skip
    assert (by_key["tags"]["type"], by_key["tags"]["hidden"]) == ("list", True)
    theirs = other.client().get("/api/assets/assets/columns").json()["columns"]
    assert not [column for column in theirs if column["key"].startswith("custom.")]
    customer = tenant.person("customer_user")
    with pytest.raises(Invalid):
        listed(customer, columns="custom.load")


@pytest.mark.usefixtures("rows")
def test_they_are_exported_with_their_words(ctx, tmp_path):
    path = tmp_path / "assets.csv"
    ask = page.Ask(columns="name,custom.load,custom.level,custom.levels,custom.is_vital", sort="-custom.load")
    assert (
        exports.write(ctx.with_(language="zh-CN"), lists.ASSETS, ask, path, "csv", lambda done, total: None)
        == 3
    )
    with path.open(encoding="utf-8-sig") as file:
        head, *lines = list(csv.reader(file))
    assert head[2:] == ["字段load (kW)", "字段level", "字段levels", "字段is_vital"]
    assert lines[0][1:] == ["B", "7.5", "级high", "级low; 级high", "是"]
    assert lines[2][2:] == ["", "", "", ""]


def test_tags_are_set_on_many_merged_and_taken_off(ctx, rows):
    ids = list(rows.values())
    done = tag.put_many(ctx, kind=KIND, row_ids=ids, add=["Fire", "Old"])
    assert (done.created, done.same) == (6, 0)
    assert found(ctx, "tags", "eq", "ＦＩＲＥ") == "ABC"
    assert tag.put_many(ctx, kind=KIND, row_ids=ids[:1], add=["Fire"], drop=["old"]).changed == 1
    assert (found(ctx, "tags", "eq", "old"), found(ctx, "tags", "ne", "old")) == ("BC", "A")
    assert found(ctx, "tags", "is_null", False) == "ABC"
    old, new = (tag.create(ctx, name=n).id for n in ("Ancient", "Aged"))
    tag.put_many(ctx, kind=KIND, row_ids=ids[:2], add=["Ancient"])
    tag.put_many(ctx, kind=KIND, row_ids=ids[1:], add=["Aged"])
    tag.merge(ctx, tag_id=old, into_id=new)
    assert found(ctx, "tags", "eq", "aged") == "ABC"
    with pytest.raises(Invalid):
        tag.merge(ctx, tag_id=new, into_id=new)
    with pytest.raises(Invalid):
        tag.merge(ctx, tag_id=new, into_id=uuid7())
    tag.remove(ctx, tag_id=new)
    assert found(ctx, "tags", "eq", "aged") == ""
    with pytest.raises(NotVisible):
        tag.put_many(ctx, kind=KIND, row_ids=[uuid7()], add=["Fire"])
