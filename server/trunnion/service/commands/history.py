"""Requests from elsewhere, for imports: each as it stands, in one entry; nobody is told, nothing is ordered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.numbers import next_numbers
from trunnion.kernel.policies import KINDS, visible
from trunnion.kernel.unit import emit
from trunnion.service import links
from trunnion.service.events import RequestsBrought
from trunnion.service.models import Request
from trunnion.service.rules import privacy
from trunnion.service.types import MOST_STARS, LinkRole, RequestLine, RequestState

from .becoming import SERIES, set_reporter

STEP = 500
# What a request can be without an order and without another request of ours.
BRINGABLE = (RequestState.NEW, RequestState.DONE, RequestState.REJECTED, RequestState.CANCELLED)
Lines = Annotated[list[RequestLine], Field(max_length=20_000)]
_REFERENCES = {"asset_id": "assets.asset", "location_id": "assets.location", "customer_id": "parties.party"}
_PLACE = ("location_id", "user_party_id", "owner_party_id")


@command("service.request.bring", secret=("lines",))
def bring(ctx: Context, lines: Lines) -> list[UUID]:
    """Brings requests in as they stand elsewhere, open or ended; each gets a number; answers their ids in turn."""
    now = clock.now()
    for index, line in enumerate(lines):
        _check(line, now, f"/lines/{index}")
    assets = _check_references(ctx, lines)
    numbers = next_numbers(ctx, SERIES, len(lines)) if lines else []
    language = "zh-CN" if ctx.language == "zh-CN" else "en"
    rows = []
    for line, number in zip(lines, numbers, strict=True):
        row = _request(line, number, assets.get(line.asset_id, {}) if line.asset_id else {})
        row.language = language
        set_reporter(row, line.reporter_name, line.reporter_contact)
        rows.append(row)
    Request.objects.bulk_create(rows)
    still = [row.id for row in rows if row.state == RequestState.NEW]
    links.make_many(ctx.organisation_id, still, LinkRole.FOLLOWER)
    emit(RequestsBrought(requests=len(rows), open=len(still)))
    return [row.id for row in rows]


def _check(line: RequestLine, now: datetime, pointer: str) -> None:
    """What cannot have been is refused."""
    if not line.text.strip():
        raise Invalid.field(f"{pointer}/text", "field.missing")
    if line.state not in BRINGABLE:
        facts = {"text": str(line.state), "known": [str(one) for one in BRINGABLE]}
        raise Invalid.field(f"{pointer}/state", "service.not_brought_as", **facts)
    for name in ("received_at", "ended_at"):
        at = getattr(line, name)
        if at is not None and at > now:
            raise Invalid.field(
                f"{pointer}/{name}", "service.in_future", now=now.isoformat(timespec="minutes")
            )
    if line.ended_at is not None and line.state == RequestState.NEW:
        raise Invalid.field(f"{pointer}/ended_at", "service.open_ends_not")
    if line.rating is not None and line.state != RequestState.DONE:
        raise Invalid.field(f"{pointer}/rating", "service.rated_when_done")
    if line.rating_text and line.rating is None:
        raise Invalid.field(f"{pointer}/rating", "service.text_without_stars", most=MOST_STARS)
    if line.ended_at is not None and line.ended_at < line.received_at:
        raise Invalid.field(f"{pointer}/ended_at", "service.ends_first")


def _check_references(ctx: Context, lines: Sequence[RequestLine]) -> dict[UUID, dict[str, Any]]:
    """Refuses what does not stand; answers where the assets are and whose they are."""
    assets: dict[UUID, dict[str, Any]] = {}
    for field, kind in _REFERENCES.items():
        named: dict[UUID, int] = {}
        for index, line in enumerate(lines):
            if getattr(line, field) is not None:
                named.setdefault(getattr(line, field), index)
        found = _values(ctx, kind, list(named), *(_PLACE if field == "asset_id" else ()))
        for row_id, index in named.items():
            if row_id not in found:
                raise Invalid.field(f"/lines/{index}/{field}", "reference_unknown", kind=kind)
        if field == "asset_id":
            assets = found
    return assets


def _values(ctx: Context, kind: str, ids: list[UUID], *fields: str) -> dict[UUID, dict[str, Any]]:
    found: dict[UUID, dict[str, Any]] = {}
    for start in range(0, len(ids), STEP):
        rows = visible(ctx, KINDS[kind]).filter(id__in=ids[start : start + STEP])
        found.update((row["id"], row) for row in rows.values("id", *fields))
    return found


def _request(line: RequestLine, number: str, asset: dict[str, Any]) -> Request:
    has_ended = line.state != RequestState.NEW
    return Request(
        number=number, request_kind=line.kind, channel=line.channel, text=line.text,
        title=privacy.public_title(line.title or line.text), is_stopped=line.is_stopped, asset_id=line.asset_id,
        location_id=line.location_id or asset.get("location_id"),
        customer_id=line.customer_id or asset.get("user_party_id") or asset.get("owner_party_id"),
        state=line.state, state_at=line.ended_at or line.received_at,
        end_reason=line.end_reason if has_ended else "", received_at=line.received_at, rating=line.rating,
        rating_text=line.rating_text, rated_at=None if line.rating is None else line.ended_at or line.received_at,
    )  # fmt: skip
