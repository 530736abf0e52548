"""Routes of assets."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import ConfigDict, Field

from trunnion.kernel.database import reading
from trunnion.kernel.web.answers import answer
from trunnion.kernel.web.request import context_of
from trunnion.kernel.web.routes import Room, check

from .commands import (
    acceptance,
    acquisition,
    assessing,
    asset,
    asset_batch,
    blank,
    certificate,
    certificate_batch,
    defect,
    group,
    idle,
    interval,
    life,
    location,
    location_batch,
    location_merge,
    matrix,
    merging,
    meter,
    paper,
    placing,
    position,
    position_batch,
    qr,
    reading_batch,
    relation,
    relation_batch,
)
from .commands import reading as readings
from .queries import (
    assets,
    certificates,
    classes,
    codes,
    duplicates,
    file,
    history,
    life_lists,
    lists,
    papers,
    places,
    scans,
)

room = Room("assets")
READ = lists.READ


def svg(request: HttpRequest, asset_id: UUID, scale: int = 8) -> HttpResponse:
    """The asset's live QR code as an SVG picture."""
    return _picture(request, asset_id, "svg", "image/svg+xml", scale)


def png(request: HttpRequest, asset_id: UUID, scale: int = 8) -> HttpResponse:
    """The asset's live QR code as a PNG picture."""
    return _picture(request, asset_id, "png", "image/png", scale)


class Scan(Schema):
    """What a scanner said, as it said it."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(max_length=scans.MOST_TEXT)


def scan(request: HttpRequest, body: Scan) -> HttpResponse:
    """What a scanned text leads to; the same as `GET`, for texts that do not go well into an address."""
    ctx = context_of(request)
    check(ctx, READ)
    with reading(ctx.organisation_id):
        return answer(scans.resolve(ctx, body.text))


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
room.detail("/locations/children", places.list_children, "assets.location.read", is_large=True)
room.detail("/locations/{location_id}", places.get_location, "assets.location.read", has_history=True)
room.edit("/locations/{location_id}", location.edit)
room.verb("/locations/{location_id}/move", location.move)
room.many("/locations/bulk-move", location.move)
room.verb("/locations/{location_id}/merge", location_merge.merge)
room.verb("/locations/{location_id}/unmerge", location_merge.unmerge)
room.verb("/locations/{location_id}/remove", location.remove)

room.listing("/location_groups", lists.LOCATION_GROUPS)
room.verb("/location_groups/create", group.create_zone)
room.verb("/location_groups/ensure_many", group.ensure_zones)
room.detail(
    "/location_groups/{group_id}", places.get_location_group, "assets.location_group.read", has_history=True
)
room.edit("/location_groups/{group_id}", group.edit_zone)
room.verb("/location_groups/{group_id}/add", group.add_to_zone)
room.verb("/location_groups/{group_id}/drop", group.drop_from_zone)

room.listing("/positions", lists.POSITIONS)
room.verb("/positions/create", position.create)
room.verb("/positions/ensure_many", position_batch.ensure_many)
room.detail("/positions/{position_id}", places.get_position, "assets.position.read", has_history=True)
room.edit("/positions/{position_id}", position.edit)
room.verb("/positions/{position_id}/move", position.move)
room.verb("/positions/{position_id}/assess", assessing.assess_position)
room.verb("/positions/{position_id}/retire", position.retire)
room.verb("/positions/{position_id}/reinstate", position.reinstate)

room.listing("/assets", lists.ASSETS)
room.verb("/assets/create", asset.create)
room.verb("/assets/request_new", acquisition.request_new)
room.verb("/assets/move_many", paper.move_many)
room.verb("/assets/ensure_many", asset_batch.ensure_many)
room.detail("/assets/by_class", classes.count_by_class, READ)
room.detail("/assets/duplicates", assets.list_duplicates, READ)
room.detail("/assets/duplicate_pairs", duplicates.list_pairs, "assets.asset.read")
room.detail("/assets/{asset_id}/merge_preview", duplicates.preview, "assets.asset.read")
room.many("/assets/bulk-move", placing.move)
room.verb("/assets/{asset_id}/merge", merging.merge)
room.verb("/assets/{asset_id}/unmerge", merging.unmerge)
room.detail("/assets/{asset_id}", assets.get_asset, READ)
room.edit("/assets/{asset_id}", asset.edit)
room.detail("/assets/{asset_id}/file", file.get_file, READ)
room.detail("/assets/{asset_id}/qr", codes.get_code, READ)
room.plain("GET", "/assets/{uuid:asset_id}/qr.svg", svg, READ)
room.plain("GET", "/assets/{uuid:asset_id}/qr.png", png, READ)
room.verb("/assets/{asset_id}/put_under", asset.put_under)
for verb in (
    acquisition.request, acquisition.order, acquisition.receive, acceptance.accept, acceptance.fail_acceptance,
    acquisition.transfer, assessing.assess, assessing.assess_condition, life.commission, life.stand_by, life.lay_idle,
    life.take_out, life.repair, life.restore, life.decommission, life.dispose, life.withdraw, life.reinstate,
    placing.install, placing.move, placing.remove, placing.store,
):  # fmt: skip
    room.verb(f"/assets/{{asset_id}}/{verb.__name__}", verb)

room.verb("/qr/issue", qr.issue)
room.verb("/qr/issue_many", qr.issue_many)
room.verb("/qr/reissue", qr.reissue)
room.verb("/qr/revoke", qr.revoke)
room.listing("/qr_codes", codes.CODES)
room.verb("/qr/issue_blank", blank.issue_blank)
room.verb("/qr/bind", blank.bind)
room.verb("/qr/unbind", blank.unbind)
room.verb("/qr/{qr_id}/void", blank.void)
room.detail("/scan", scans.resolve, READ)
room.plain("POST", "/scan", scan, READ)

room.listing("/moves", lists.MOVES)
room.listing("/installations", lists.INSTALLATIONS)

room.listing("/groups", lists.GROUPS)
room.verb("/groups/create", group.create)
room.verb("/groups/ensure_many", group.ensure_many)
room.detail("/groups/{group_id}", history.get_group, "assets.group.read", has_history=True)
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
room.verb("/readings/record_many", reading_batch.record_many)
room.verb("/readings/{reading_id}/reverse", readings.reverse)

room.listing("/warranties", life_lists.WARRANTIES)
room.listing("/lifecycle_documents", life_lists.PAPERS)
room.detail("/lifecycle_documents/{document_id}", papers.get_paper, "assets.lifecycle_document.read")

room.listing("/defects", life_lists.DEFECTS)
room.detail("/defects/{defect_id}", papers.get_defect, "assets.defect.read")
room.verb("/defects/{defect_id}/remedy", defect.remedy)
room.verb("/defects/{defect_id}/waive", defect.waive)
room.verb("/defects/{defect_id}/reopen", defect.reopen)

room.listing("/idle_rules", life_lists.IDLE_RULES)
room.verb("/idle_rules/set", idle.set_rule)
room.verb("/idle_rules/{rule_id}/remove", idle.remove_rule)
room.listing("/idle_findings", life_lists.IDLE)
room.detail("/idle_findings/{finding_id}", papers.get_finding, "assets.idle_finding.read")
room.verb("/idle_findings/{finding_id}/offer", idle.offer)
room.verb("/idle_findings/{finding_id}/claim", idle.claim)
room.verb("/idle_findings/{finding_id}/release", idle.release)
room.verb("/idle_findings/{finding_id}/hand_over", idle.hand_over)
room.verb("/idle_findings/{finding_id}/dismiss", idle.dismiss)

room.listing("/certificate_kinds", life_lists.CERTIFICATE_KINDS)
room.verb("/certificate_kinds/create", certificate.create_kind)
room.edit("/certificate_kinds/{kind_id}", certificate.edit_kind)
room.listing("/certificate_requirements", life_lists.REQUIREMENTS)
room.verb("/certificate_requirements/create", certificate.require)
room.verb("/certificate_requirements/{requirement_id}/remove", certificate.unrequire)
room.listing("/certificates", life_lists.CERTIFICATES)
room.detail("/certificates/missing", certificates.list_missing, "assets.certificate.read")
room.verb("/certificates/create", certificate.create)
room.verb("/certificates/ensure_many", certificate_batch.ensure_many)
room.verb("/certificates/{certificate_id}/revoke", certificate.revoke)

room.detail("/assessment_standards", papers.get_standards, "assets.assessment.read")
room.listing("/criticality_assessments", life_lists.CRITICALITY)
room.listing("/condition_assessments", life_lists.CONDITIONS)
room.detail("/assessment_standards/versions", papers.get_standard_versions, "assets.assessment.read")
room.verb("/criticality_matrices/create", matrix.create_matrix)
room.verb("/criticality_matrices/{matrix_id}/withdraw", matrix.withdraw_matrix)
room.verb("/condition_scales/create", matrix.create_scale)
room.verb("/condition_scales/{scale_id}/withdraw", matrix.withdraw_scale)
