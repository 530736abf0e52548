"""Records of any room, named by kind and id: which kinds there are, and whether an actor sees one."""

from functools import lru_cache
from uuid import UUID

from django.db.models import Q

from trunnion.kernel.context import Context, Everything
from trunnion.kernel.errors import Invalid, NotVisible
from trunnion.kernel.permissions import PERMISSIONS
from trunnion.kernel.policies import KINDS, POLICIES, get, visible
from trunnion.kernel.tables import Row

# More ids than this in one question would exceed what SQLite takes.
STEP = 500


def known_kinds() -> list[str]:
    """The closed set of kinds that something can stick to."""
    return sorted(kind for kind in KINDS if not kind.startswith("attach."))


def model_of(kind: str, pointer: str = "/kind") -> type[Row]:
    """The table behind a kind; raises Invalid that names the kinds there are."""
    model = None if kind.startswith("attach.") else KINDS.get(kind)
    if model is None:
        raise Invalid.field(pointer, "kind_unknown", kind=kind, known=known_kinds())
    return model


@lru_cache(maxsize=500)
def _reads(kind: str, _declared: int) -> tuple[str, ...]:
    # The number of declared permissions makes the answer anew when a room has declared more.
    own = tuple(p for p in PERMISSIONS if p.startswith(f"{kind}.read"))
    if own:
        return own
    # A part such as a contact is read by whoever may read something of its room.
    room = kind.split(".", 1)[0]
    return tuple(
        p for p in PERMISSIONS if p.startswith(f"{room}.") and p.rsplit(".", 1)[1].startswith("read")
    )


def may_read(ctx: Context, kind: str) -> bool:
    """Whether the actor may read records of this kind at all."""
    return isinstance(ctx.grants, Everything) or any(ctx.may(p) for p in _reads(kind, len(PERMISSIONS)))


def get_subject(ctx: Context, kind: str, row_id: UUID) -> Row:
    """The record, as long as the actor may see it; raises NotVisible, or Invalid for a kind that does not exist."""
    model = model_of(kind)
    if not may_read(ctx, kind):
        raise NotVisible
    return get(ctx, model, row_id)


def check_subjects(ctx: Context, kind: str, row_ids: set[UUID]) -> None:
    """Raises NotVisible unless the actor sees all of these records."""
    model = model_of(kind)
    if not may_read(ctx, kind):
        raise NotVisible
    listed = list(row_ids)
    seen = sum(
        visible(ctx, model).filter(id__in=listed[i : i + STEP]).count() for i in range(0, len(listed), STEP)
    )
    if seen != len(row_ids):
        raise NotVisible


def seen_subjects(ctx: Context) -> Q:
    """The condition that a row's `subject_kind` and `subject_id` name a record that the actor sees."""
    if isinstance(ctx.grants, Everything):
        return Q()
    whole: list[str] = []
    found = Q()
    for kind in known_kinds():
        if not may_read(ctx, kind):
            continue
        policy = POLICIES.get(KINDS[kind])
        if policy is None or not policy(ctx):
            whole.append(kind)
        else:
            found |= Q(subject_kind=kind, subject_id__in=visible(ctx, KINDS[kind]).values("id"))
    return found | Q(subject_kind__in=whole)
