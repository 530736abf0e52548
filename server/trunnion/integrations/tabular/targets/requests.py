"""Rows that become service requests: those that are over as they ended, the others open."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from trunnion.integrations.tabular.declare import Field, Kind, Target, Values, Writing, target
from trunnion.integrations.tabular.types import Reason
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.service.commands.history import BRINGABLE, bring
from trunnion.service.types import MOST_STARS, Channel, RequestKind, RequestLine, RequestState

from .lookups import ANY_PARTY, LOCATION, PARENT_ASSET

_MOST_TITLE = 200


def _write(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    # What was asked for is told once: rows that stand already are the same, and stay.
    fresh = [RequestLine(**_facts(row.values)) for row in rows if row.id is None]
    made = iter(bring(ctx, fresh))
    return [row.id or next(made) for row in rows]


def _facts(values: Values) -> Values:
    found = {name: value for name, value in values.items() if name != "external_id"}
    found["state"] = _state(values)
    if found["state"] != RequestState.DONE:
        # Its order is elsewhere and its rating with it.
        found = {name: value for name, value in found.items() if name not in ("rating", "rating_text")}
    title, text = found.get("title", ""), found.get("text", "")
    # Nothing of what was said is lost, and nothing is said twice.
    found["text"] = text if title in text else "\n".join(part for part in (title, text) if part)
    found["title"] = title[:_MOST_TITLE]
    return found


def _state(values: Values) -> RequestState:
    """The state that a request comes in with; one that says no more than when it ended is done."""
    said = values.get("state") or (RequestState.DONE if values.get("ended_at") else RequestState.NEW)
    return RequestState.NEW if said == RequestState.ORDERED else RequestState(said)


def _judge(values: Values, is_new: bool) -> Iterator[Reason]:
    if not is_new:
        return
    if not (values.get("text") or values.get("title")):
        yield Reason(None, "text", "table.missing")
    said, state = values.get("state"), _state(values)
    if state not in BRINGABLE:
        facts: dict[str, object] = {"text": str(state), "known": [str(one) for one in BRINGABLE]}
        yield Reason(None, "state", "service.not_brought_as", facts)
    elif said == RequestState.ORDERED:
        yield Reason(None, "state", "service.order_elsewhere", is_error=False)
    yield from _judge_rating(values, said)
    received, ended, now = values.get("received_at"), values.get("ended_at"), clock.now()
    for name, at in (("received_at", received), ("ended_at", ended)):
        if at and at > now:
            yield Reason(None, name, "service.in_future", {"now": now.isoformat(timespec="minutes")})
    if ended and state == RequestState.NEW:
        yield Reason(None, "ended_at", "service.open_ends_not")
    elif ended and received and ended < received:
        yield Reason(None, "ended_at", "service.ends_first")


def _judge_rating(values: Values, said: str | None) -> Iterator[Reason]:
    stars, text = values.get("rating"), values.get("rating_text")
    if stars is not None and not 1 <= stars <= MOST_STARS:
        yield Reason(None, "rating", "service.not_stars", {"text": str(stars), "most": MOST_STARS})
    elif stars is not None and _state(values) != RequestState.DONE and said != RequestState.ORDERED:
        yield Reason(None, "rating", "service.rated_when_done")
    elif text and stars is None:
        yield Reason(None, "rating_text", "service.text_without_stars", {"most": MOST_STARS})


REQUESTS = target(Target(
    name="requests", kind="service.request", permission="service.request.bring", listing="service.requests",
    keys=("external_id",), write=_write, is_keyed=True, is_history=True, judge=_judge, number="number", proof="title",
    fields=(
        Field("external_id", Kind.CODE, most=200, path=""),
        Field("received_at", Kind.INSTANT, required=True),
        Field("title", most=4_000), Field("text", most=5_000, path=""),
        Field("kind", Kind.CHOICE, choices=RequestKind, words="choice.service.request.kind", path="request_kind"),
        Field("state", Kind.CHOICE, choices=RequestState, words="state.service.request"),
        Field("ended_at", Kind.INSTANT, path=""), Field("end_reason"),
        Field("channel", Kind.CHOICE, choices=Channel, words="choice.service.request.channel"),
        Field("is_stopped", Kind.BOOLEAN),
        # Who reported is never compared with what stands: a list shows a hint of it only.
        Field("reporter_name", most=200, path=""), Field("reporter_contact", most=200, path=""),
        Field("rating", Kind.WHOLE), Field("rating_text", most=2_000, path=""),
        Field("asset_id", Kind.REFERENCE, lookup=PARENT_ASSET),
        Field("location_id", Kind.REFERENCE, lookup=LOCATION),
        Field("customer_id", Kind.REFERENCE, lookup=ANY_PARTY),
    ),
))  # fmt: skip
