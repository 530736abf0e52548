"""Rows that become statutory certificates of assets."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from trunnion.assets.commands import certificate, certificate_batch
from trunnion.assets.queries import life_lists
from trunnion.assets.queries.certificates import on_record
from trunnion.assets.types.lines import CertificateLine
from trunnion.integrations.tabular.declare import Field, Kind, Looked, Lookup, Target, Values, Writing, target
from trunnion.integrations.tabular.types import Reason
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.parties.types import PartyRole

from .lookups import PARENT_ASSET, Named, party_as


def _kinds(ctx: Context, texts: Named) -> dict[str, UUID]:
    return {text: certificate.create_kind(ctx, code=text[:60], name=text[:200]).id for text in texts}


def _write(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    # What was certified is never changed: rows that stand already are the same, and stay.
    lines = []
    for row in rows:
        if row.id is None:
            facts = dict(row.values)
            lines.append(CertificateLine(issuer_party_id=facts.pop("issuer_id", None), **facts))
    made = iter(certificate_batch.ensure_many(ctx, lines).ids)
    return [row.id or next(made) for row in rows]


def _look(ctx: Context, rows: Sequence[Values]) -> list[Looked]:
    """Finds the certificates that are on record, by asset, kind, number and day of issue."""
    known = on_record(ctx, {row["asset_id"] for row in rows if isinstance(row.get("asset_id"), UUID)})
    # Somewhere on earth it may be tomorrow already.
    last = clock.today("UTC") + timedelta(days=1)
    found = []
    for row in rows:
        issued = row.get("issued_on")
        row_id = None
        if isinstance(row.get("asset_id"), UUID) and isinstance(row.get("kind_id"), UUID) and issued:
            row_id = known.get((row["asset_id"], row["kind_id"], row.get("number", ""), issued))
        why = Reason(None, "issued_on", "assets.in_future", {"now": clock.now().isoformat()})
        found.append(Looked(row_id, (why,) if issued and issued > last else ()))
    return found


def _judge(values: Values, is_new: bool) -> Iterator[Reason]:
    issued: date | None = values.get("issued_on")
    for name in ("valid_until_on", "next_due_on"):
        day = values.get(name)
        if is_new and issued and day and day < issued:
            yield Reason(None, name, "assets.certificate_order", {"issued_on": issued.isoformat()})


CERTIFICATES = target(Target(
    name="certificates", kind="assets.certificate", permission="assets.certificate.ensure_many",
    listing=life_lists.CERTIFICATES.name, keys=("number",), write=_write, look=_look, judge=_judge, is_history=True,
    fields=(
        Field("asset_id", Kind.REFERENCE, required=True, lookup=PARENT_ASSET),
        Field("kind_id", Kind.REFERENCE, required=True, path="certificate_kind_id",
              lookup=Lookup("assets.certificate_kind", ("code", "name"), _kinds)),
        Field("number", Kind.CODE, required=True, most=120), Field("issued_on", Kind.DAY, required=True),
        Field("valid_until_on", Kind.DAY), Field("next_due_on", Kind.DAY),
        # The text first: of the two columns of our list it is the one that is called a name.
        Field("issuer_name", most=200), Field("issuer_id", Kind.REFERENCE, lookup=party_as(PartyRole.CONTRACTOR)),
        Field("remark"),
    ),
))  # fmt: skip
