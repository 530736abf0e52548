"""A saved view outlives the custom fields that it shows: what has gone is left out, and named."""

from trunnion.attach.commands import custom_field
from trunnion.identity.views import commands as view
from trunnion.identity.views.queries import get_view
from trunnion.kernel.database import reading

MINE = {"and": [{"field": "state", "op": "in", "value": ["approved", "waiting"]}]}


def keep(ctx, **facts):
    return view.create(ctx, listing="work.orders", name="Mine", **facts).id


def opened(ctx, view_id):
    with reading(ctx.organisation_id):
        return get_view(ctx, view_id)


def test_what_has_gone_is_left_out_and_named(tenant):
    field = custom_field.create(
        tenant.owner, kind="work.order", key="zone", label_en="Zone", label_zh="区域", value_type="text"
    ).id
    tree = {"and": [{"field": "custom.zone", "op": "eq", "value": "N"}, *MINE["and"]]}
    made = keep(
        tenant.owner, columns=["number", "custom.zone"], filter=tree, sort="custom.zone", group="custom.zone"
    )
    assert opened(tenant.owner, made).dropped == []
    custom_field.archive(tenant.owner, field)
    found = opened(tenant.owner, made)
    assert (found.columns, found.filter, found.sort, found.group) == (["number"], MINE, "", "")
    assert [d.part for d in found.dropped] == ["column", "filter", "sort", "group"]
    assert "custom.zone" in found.dropped[0].words
