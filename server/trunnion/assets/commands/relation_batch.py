"""Many relations at once, for imports: found or made, in one entry."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.assets.events import BatchEnsured
from trunnion.assets.models import Asset, AssetRelation
from trunnion.assets.types.kinds import RelationKind
from trunnion.assets.types.lines import RelationLine
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import Ensured
from trunnion.kernel.errors import Invalid
from trunnion.kernel.unit import emit

from .naming import STEP, check_all

Lines = Annotated[list[RelationLine], Field(max_length=200_000)]
Key = tuple[str, UUID, UUID]
MOST_DEPTH = 100


@command("assets.relation.ensure_many", secret=("lines",))
def ensure_many(ctx: Context, lines: Lines) -> Ensured:
    """Makes sure that these relations exist; a circle of parts is refused."""
    ends: dict[UUID, str] = {}
    for index, line in enumerate(lines):
        if line.source_id == line.target_id:
            raise Invalid.field(f"/lines/{index}/target_id", "assets.relation_self")
        ends.setdefault(line.source_id, f"/lines/{index}/source_id")
        ends.setdefault(line.target_id, f"/lines/{index}/target_id")
    check_all(ctx, Asset.kind, ends)
    known = _standing(ctx, {line.source_id for line in map(_oriented, lines)})
    above = _above(ctx, {line.target_id for line in lines if line.kind == RelationKind.PART_OF})
    ids, fresh = [], []
    for index, line in enumerate(map(_oriented, lines)):
        key = (str(line.kind), line.source_id, line.target_id)
        if key not in known:
            _check_circle(line, above, index)
            row = AssetRelation(
                relation=line.kind, source_id=line.source_id, target_id=line.target_id, remark=line.remark
            )
            fresh.append(row)
            known[key] = row.id
        ids.append(known[key])
    AssetRelation.objects.bulk_create(fresh)
    emit(BatchEnsured(thing="relation", created=len(fresh), changed=0))
    return Ensured(ids, len(fresh), 0, len(set(ids)) - len(fresh))


def _oriented(line: RelationLine) -> RelationLine:
    # A connection has no direction: kept one way round, it cannot be entered twice.
    if line.kind == RelationKind.CONNECTED and line.source_id > line.target_id:
        return RelationLine(line.kind, line.target_id, line.source_id, line.remark)
    return line


def _standing(ctx: Context, source_ids: set[UUID]) -> dict[Key, UUID]:
    found: dict[Key, UUID] = {}
    listed = list(source_ids)
    for start in range(0, len(listed), STEP):
        rows = AssetRelation.objects.of(ctx).filter(source_id__in=listed[start : start + STEP])
        for row_id, kind, source, target in rows.values_list("id", "relation", "source_id", "target_id"):
            found[str(kind), source, target] = row_id
    return found


def _above(ctx: Context, asset_ids: set[UUID]) -> dict[UUID, set[UUID]]:
    """What these assets are parts of, and what that is a part of, level by level."""
    found: dict[UUID, set[UUID]] = {}
    level = list(asset_ids)
    for _ in range(MOST_DEPTH):
        if not level:
            break
        reached = set[UUID]()
        for start in range(0, len(level), STEP):
            rows = AssetRelation.objects.of(ctx).filter(
                relation=RelationKind.PART_OF, source_id__in=level[start : start + STEP]
            )
            for source, target in rows.values_list("source_id", "target_id"):
                found.setdefault(source, set()).add(target)
                reached.add(target)
        level = [one for one in reached if one not in found]
    return found


def _check_circle(line: RelationLine, above: dict[UUID, set[UUID]], index: int) -> None:
    """Refuses to make a whole a part of its own part; notes the new step."""
    if line.kind != RelationKind.PART_OF:
        return
    seen, level = set[UUID](), {line.target_id}
    while level:
        if line.source_id in level:
            raise Invalid.field(f"/lines/{index}/target_id", "assets.asset_cycle", most=MOST_DEPTH)
        seen |= level
        level = {up for one in level for up in above.get(one, ())} - seen
    above.setdefault(line.source_id, set()).add(line.target_id)
