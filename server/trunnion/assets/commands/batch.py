"""Takes back what a batch did to the register: made rows go, changed fields return, what was touched since stays."""

from uuid import UUID

from trunnion.assets.models import Asset, Certificate, Location, Meter, MeterReading, QrCode, QrToken
from trunnion.kernel.among import AT_ONCE, among
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.history import Did
from trunnion.kernel.merging import follows
from trunnion.kernel.takeback import TakenBack
from trunnion.kernel.takeback import take_back as taking_back

from .asset import NAMES
from .certificate import choose_current
from .location import replant
from .naming import rows_by_id, tell_renamed
from .reading import followed, show_last

# These follow from where a place stands.
_DERIVED = ("parent_id", "path", "site_id")
_FOUND_ANEW = {Meter.kind: ("last_value", "last_total", "last_read_at"), Certificate.kind: ("is_current",)}


@command("assets.batch.take_back", secret=("did", "busy"))
def take_back(ctx: Context, did: list[Did], busy: dict[UUID, str]) -> TakenBack:
    """Takes back what one entry of an import did; a place that was moved stands under its former parent again."""
    did = [one for one in (_back_under(ctx, one) for one in did) if not _follows(one)]
    read = _readings(ctx, did)
    done = taking_back(ctx, did, busy | followed(ctx, read))
    for meter in rows_by_id(ctx, Meter, {row.meter_id for row in read}).values():
        show_last(ctx, meter)
    choose_current(ctx, _certified(did))
    kept = {one.row_id for one in done.kept}
    assets = {
        UUID(one.fields["asset_id"][1]) for one in did if one.kind == QrCode.kind and one.op == "create"
    }
    ids = list(assets - kept)
    for start in range(0, len(ids), AT_ONCE):
        own = among(ids[start : start + AT_ONCE])
        QrToken.objects.filter(organisation_id=ctx.organisation_id, asset_id__in=own).delete()
    _tell_renamed(did)
    return done


def _tell_renamed(did: list[Did]) -> None:
    """Whoever finds things by these names finds them by the former ones again."""
    changed = [one for one in did if one.op == "change"]
    assets = [
        one.row_id for one in changed if one.kind == Asset.kind and not one.fields.keys().isdisjoint(NAMES)
    ]
    places = [one.row_id for one in changed if one.kind == Location.kind and "name" in one.fields]
    tell_renamed(assets, places)


def _follows(one: Did) -> bool:
    """What a meter showed last, and which certificate is current, follows from others, and is found anew."""
    found = _FOUND_ANEW.get(one.kind, ())
    return one.op == "change" and bool(found) and all(name in found for name in one.fields)


def _certified(did: list[Did]) -> set[tuple[UUID, UUID]]:
    """The assets that were certified, with the kinds of their certificates."""
    made = (one.fields for one in did if one.kind == Certificate.kind and one.op == "create")
    return {(UUID(fields["asset_id"][1]), UUID(fields["certificate_kind_id"][1])) for fields in made}


def _readings(ctx: Context, did: list[Did]) -> list[MeterReading]:
    ids = [one.row_id for one in did if one.kind == MeterReading.kind and one.op == "create"]
    return list(rows_by_id(ctx, MeterReading, ids).values())


def _back_under(ctx: Context, one: Did) -> Did:
    if one.kind != Location.kind or one.op != "change" or "parent_id" not in one.fields:
        return one
    before, after = (UUID(value) if value else None for value in one.fields["parent_id"])
    rows = rows_by_id(ctx, Location, [one.row_id, before])
    row = rows.get(one.row_id)
    if row is None or row.parent_id != after or (before is not None and before not in rows):
        return one
    replant(ctx, row, rows.get(before) if before else None)
    return Did(one.kind, one.row_id, one.op, {n: v for n, v in one.fields.items() if n not in _DERIVED})


follow = follows("assets", take_back)
