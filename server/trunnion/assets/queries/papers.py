"""Reads of papers, approvals, findings and assessments of an asset, for its file and for its detail."""

from typing import Any
from uuid import UUID

from trunnion.assets.models import (
    AcceptancePoint,
    ConditionAssessment,
    ConditionScale,
    CriticalityMatrix,
    Defect,
    IdleFinding,
    LifecycleDocument,
    LifecycleDocumentLine,
)
from trunnion.assets.states import DEFECTS, IDLENESS
from trunnion.assets.types.kinds import PaperState
from trunnion.attach import queries as attached
from trunnion.attach.queries import signs
from trunnion.identity.approvals.queries import approvals_about
from trunnion.kernel.context import Context
from trunnion.kernel.history import of_records
from trunnion.kernel.policies import get, visible
from trunnion.kernel.shape import shaped

MOST = 500
_PAPER = (
    "id", "version", "number", "verb", "state", "dated_at", "remark", "external_number", "amount", "proceeds",
    "currency", "due_on", "result", "disposal", "quantity", "file_id", "approval_id", "failed_because",
    "actor_name", "signer_name", "signature_id",
)  # fmt: skip
_JOINED = {
    "party": "party__name", "to_location": "to_location__name", "to_owner": "to_owner__name",
    "to_user": "to_user__name", "model": "model__name", "signed_at": "signature__signed_at",
    "signature_image_id": "signature__image_id",
}  # fmt: skip


def papers_of(ctx: Context, asset_id: UUID) -> list[dict[str, Any]]:
    """The papers of an asset's life, newest first, with what was checked."""
    lines = LifecycleDocumentLine.objects.of(ctx).filter(asset_id=asset_id)
    rows = LifecycleDocument.objects.of(ctx).filter(id__in=lines.values("document_id"))
    return _with_points(ctx, shaped(rows.order_by("-dated_at", "-id")[:MOST], *_PAPER, **_JOINED))


def get_paper(ctx: Context, document_id: UUID) -> dict[str, Any]:
    """A paper with its assets, its checked points, its files and its signatures."""
    row = get(ctx, LifecycleDocument, document_id)
    found = shaped(LifecycleDocument.objects.of(ctx).filter(id=row.id), *_PAPER, **_JOINED)
    lines = visible(ctx, LifecycleDocumentLine).filter(document_id=row.id).order_by("asset__number")
    return {
        **_with_points(ctx, found)[0],
        "assets": shaped(lines[:MOST], "asset_id", number="asset__number", name="asset__name", state="asset__state"),
        "files": attached.files_of(ctx, LifecycleDocument.kind, row.id),
        "signatures": attached.signatures_of(ctx, LifecycleDocument.kind, row.id),
        "defects": _defects(visible(ctx, Defect).filter(document_id=row.id)),
    }  # fmt: skip


def _with_points(ctx: Context, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    checked = AcceptancePoint.objects.of(ctx).filter(document_id__in=[row["id"] for row in rows])
    points: dict[UUID, list[dict[str, Any]]] = {}
    for point in shaped(
        checked.order_by("position"), "document_id", "position", "text", "is_passed", "remark"
    ):
        points.setdefault(point.pop("document_id"), []).append(point)
    return [{**row, "points": points.get(row["id"], [])} for row in rows]


def defects_of(ctx: Context, asset_id: UUID) -> list[dict[str, Any]]:
    """What acceptances found wrong with the asset, newest first, and what became of it."""
    return _defects(Defect.objects.of(ctx).filter(asset_id=asset_id))


def get_defect(ctx: Context, defect_id: UUID) -> dict[str, Any]:
    """A defect, and what may be done about it."""
    row = get(ctx, Defect, defect_id)
    found = _defects(Defect.objects.of(ctx).filter(id=row.id))[0]
    return {**found, "actions": DEFECTS.actions(ctx, row.state)}


def _defects(rows: Any) -> list[dict[str, Any]]:
    return shaped(
        rows.order_by("-created_at", "-id")[:MOST], "id", "version", "created_at", "asset_id", "document_id", "text",
        "remark", "state", "due_on", "ended_at", "ended_by_name", "ended_remark", "ended_document_id", "file_id",
        asset_number="asset__number", asset_name="asset__name", document_number="document__number",
        ended_document="ended_document__number",
    )  # fmt: skip


def approvals_of(ctx: Context, asset_id: UUID) -> list[Any]:
    """What was asked about the asset, by whom, and for whom it waits."""
    lines = LifecycleDocumentLine.objects.of(ctx).filter(asset_id=asset_id)
    return approvals_about(ctx, LifecycleDocument.kind, lines.values_list("document_id", flat=True))


def waiting_of(ctx: Context, asset_id: UUID) -> list[dict[str, Any]]:
    """The moves that cannot be made yet because somebody must agree first."""
    lines = LifecycleDocumentLine.objects.of(ctx).filter(
        asset_id=asset_id, document__state=PaperState.PENDING
    )
    papers = dict(lines.values_list("document_id", "document__verb"))
    if not papers:
        return []
    return [
        {
            "verb": papers[card.subject_id], "reason": "approval_pending", "document_id": card.subject_id,
            "approval_id": card.id, "approval_number": card.number, "amount": card.amount, "currency": card.currency,
            "asked_by": card.asked_by_name, "asked_at": card.asked_at, "step": card.step, "waits_for": card.waits_for,
        }
        for card in approvals_about(ctx, LifecycleDocument.kind, papers)
        if card.state == "pending"
    ]  # fmt: skip


def idle_findings_of(ctx: Context, asset_id: UUID) -> list[dict[str, Any]]:
    """When the asset lay idle, and what became of it."""
    rows = IdleFinding.objects.of(ctx).filter(asset_id=asset_id).order_by("-found_at")
    return shaped(
        rows[:MOST], "id", "cause", "state", "idle_since_at", "idle_days", "found_at", "offered_at", "claimed_by_name",
        "ended_at", "ended_because", "remark", claimed_location="claimed_location__name",
    )  # fmt: skip


def conditions_of(ctx: Context, asset_id: UUID) -> list[dict[str, Any]]:
    """In what condition the asset was found, newest first."""
    rows = ConditionAssessment.objects.of(ctx).filter(asset_id=asset_id).order_by("-assessed_on", "-id")
    return shaped(
        rows[:MOST], "id", "assessed_on", "scale_id", "level", "condition", "remark", "file_id", "actor_name",
        scale="scale__number",
    )  # fmt: skip


def get_finding(ctx: Context, finding_id: UUID) -> dict[str, Any]:
    """A finding, and what may be done about it."""
    row = get(ctx, IdleFinding, finding_id)
    found = shaped(
        IdleFinding.objects.of(ctx).filter(id=row.id), "id", "version", "asset_id", "cause", "state", "idle_since_at",
        "idle_days", "found_at", "offered_at", "offered_until_on", "claimed_by_name", "ended_at", "ended_because",
        "remark", number="asset__number", name="asset__name", location="asset__location__name",
        claimed_location="claimed_location__name",
    )[0]  # fmt: skip
    return {**found, "actions": IDLENESS.actions(ctx, row.state)}


def get_standards(ctx: Context) -> dict[str, Any]:
    """The criticality matrix and the condition classes in force."""
    matrix = shaped(
        CriticalityMatrix.objects.of(ctx).filter(is_current=True),
        "id",
        "name",
        "number",
        "axes",
        "combine",
        "bands",
    )
    scale = shaped(ConditionScale.objects.of(ctx).filter(is_current=True), "id", "name", "number", "levels")
    return {"matrix": matrix[0] if matrix else None, "scale": scale[0] if scale else None}


def get_standard_versions(ctx: Context) -> dict[str, Any]:
    """Every version of the matrix and of the condition classes, the newest first, with who made it and when."""
    told = {
        "matrices": shaped(CriticalityMatrix.objects.of(ctx).order_by("-number"), *_MATRIX),
        "scales": shaped(ConditionScale.objects.of(ctx).order_by("-number"), *_SCALE),
    }
    ids = [one["id"] for rows in told.values() for one in rows]
    entries = of_records(ctx, ids) if ids else []
    makers = {e["subject_id"]: e["actor_name"] for e in entries if e["verb"].endswith(".create")}
    return {
        name: [{**one, "made_by": makers.get(one["id"], "")} for one in rows] for name, rows in told.items()
    }


_VERSION = ("id", "name", "number", "is_current", "created_at")
_MATRIX = (*_VERSION, "axes", "combine", "bands")
_SCALE = (*_VERSION, "levels")


def _signed(ctx: Context, document_id: UUID) -> dict[str, Any]:
    """What a signature on a paper stands under."""
    row = get(ctx, LifecycleDocument, document_id)
    found = _with_points(ctx, shaped(LifecycleDocument.objects.of(ctx).filter(id=row.id), *_PAPER))[0]
    # All of them, whoever looks: what was signed does not depend on who checks it.
    lines = LifecycleDocumentLine.objects.of(ctx).filter(document_id=row.id).order_by("asset__number")
    names = (
        "number",
        "verb",
        "dated_at",
        "result",
        "external_number",
        "amount",
        "currency",
        "remark",
        "points",
    )
    return {
        **{name: found[name] for name in names},
        "assets": list(lines.values_list("asset__number", flat=True)),
    }


signs(LifecycleDocument.kind, _signed)
