"""Routes of assets."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from trunnion.kernel.database import reading
from trunnion.kernel.web.request import context_of
from trunnion.kernel.web.routes import Room, check

from .commands import (
    asset,
    asset_batch,
    group,
    interval,
    life,
    location,
    location_batch,
    location_merge,
    meter,
    placing,
    position,
    qr,
    relation,
    relation_batch,
)
from .commands import reading as readings
from .queries import assets, codes, file, history, lists, places

room = Room("assets")
READ = lists.READ


def svg(request: HttpRequest, asset_id: UUID, scale: int = 8) -> HttpResponse:
    """The asset's live QR code as an SVG picture."""
    return _picture(request, asset_id, "svg", "image/svg+xml", scale)


def png(request: HttpRequest, asset_id: UUID, scale: int = 8) -> HttpResponse:
    """The asset's live QR code as a PNG picture."""
    return _picture(request, asset_id, "png", "image/png", scale)


def _picture(request: HttpRequest, asset_id: UUID, form: str, media_type: str, scale: int) -> HttpResponse:
    ctx = context_of(request)
    check(ctx, READ)
    with reading(ctx.organisation_id):
        content = codes.picture(ctx, asset_id, form, scale)
    # A revoked code must not live on in a cache.
    return HttpResponse(content, content_type=media_type, headers={"Cache-Control": "private, no-cache"})


room.listing("/locations", lists.LOCATIONS)
room.verb("/locations/create", location.create)
room.verb("/locations/ensure_many", location_batch.ensure_many)
room.detail("/locations/children", places.list_children, "assets.location.read")
room.detail("/locations/{location_id}", places.get_location, "assets.location.read")
room.edit("/locations/{location_id}", location.edit)
room.verb("/locations/{location_id}/move", location.move)
room.verb("/locations/{location_id}/merge", location_merge.merge)
room.verb("/locations/{location_id}/remove", location.remove)

room.listing("/location_groups", lists.LOCATION_GROUPS)
room.verb("/location_groups/create", group.create_zone)
room.verb("/location_groups/ensure_many", group.ensure_zones)
room.detail("/location_groups/{group_id}", places.get_location_group, "assets.location_group.read")
room.edit("/location_groups/{group_id}", group.edit_zone)
room.verb("/location_groups/{group_id}/add", group.add_to_zone)
room.verb("/location_groups/{group_id}/drop", group.drop_from_zone)

room.listing("/positions", lists.POSITIONS)
room.verb("/positions/create", position.create)
room.verb("/positions/ensure_many", position.ensure_many)
room.detail("/positions/{position_id}", places.get_position, "assets.position.read")
room.edit("/positions/{position_id}", position.edit)
room.verb("/positions/{position_id}/move", position.move)
room.verb("/positions/{position_id}/retire", position.retire)
room.verb("/positions/{position_id}/reinstate", position.reinstate)

room.listing("/assets", lists.ASSETS)
room.verb("/assets/create", asset.create)
room.verb("/assets/ensure_many", asset_batch.ensure_many)
room.detail("/assets/duplicates", assets.list_duplicates, READ)
room.detail("/assets/{asset_id}", assets.get_asset, READ)
room.edit("/assets/{asset_id}", asset.edit)
room.detail("/assets/{asset_id}/file", file.get_file, READ)
room.detail("/assets/{asset_id}/qr", codes.get_code, READ)
room.plain("GET", "/assets/{uuid:asset_id}/qr.svg", svg, READ)
room.plain("GET", "/assets/{uuid:asset_id}/qr.png", png, READ)
room.verb("/assets/{asset_id}/put_under", asset.put_under)
room.verb("/assets/{asset_id}/assess", asset.assess)
for verb in (
    life.request, life.order, life.receive, life.accept, life.commission, life.stand_by, life.lay_idle, life.take_out,
    life.repair, life.restore, life.decommission, life.dispose, life.withdraw, life.reinstate, placing.install,
    placing.move, placing.remove, placing.store,
):  # fmt: skip
    room.verb(f"/assets/{{asset_id}}/{verb.__name__}", verb)

room.verb("/qr/issue", qr.issue)
room.verb("/qr/issue_many", qr.issue_many)
room.verb("/qr/reissue", qr.reissue)
room.verb("/qr/revoke", qr.revoke)

room.listing("/moves", lists.MOVES)
room.listing("/installations", lists.INSTALLATIONS)

room.listing("/groups", lists.GROUPS)
room.verb("/groups/create", group.create)
room.verb("/groups/ensure_many", group.ensure_many)
room.detail("/groups/{group_id}", history.get_group, "assets.group.read")
room.edit("/groups/{group_id}", group.edit)
room.verb("/groups/{group_id}/add", group.add)
room.verb("/groups/{group_id}/drop", group.drop)

room.verb("/relations/create", relation.create)
room.verb("/relations/ensure_many", relation_batch.ensure_many)
room.verb("/relations/{relation_id}/remove", relation.remove)

room.listing("/intervals", lists.INTERVALS)
room.verb("/intervals/begin", interval.begin)
room.verb("/intervals/end", interval.end)
room.verb("/intervals/correct", interval.correct)

room.listing("/meters", lists.METERS)
room.verb("/meters/create", meter.create)
room.detail("/meters/{meter_id}", history.get_meter, "assets.meter.read")
room.edit("/meters/{meter_id}", meter.edit)
room.verb("/meters/{meter_id}/retire", meter.retire)
room.verb("/meters/{meter_id}/reinstate", meter.reinstate)
room.verb("/meters/{meter_id}/replace", meter.replace)

room.listing("/readings", lists.READINGS)
room.verb("/readings/record", readings.record)
room.verb("/readings/record_many", readings.record_many)
room.verb("/readings/{reading_id}/reverse", readings.reverse)
