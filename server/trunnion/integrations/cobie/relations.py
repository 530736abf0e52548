"""How the rows of Assembly and Connection bear on relations of assets."""

from collections.abc import Iterator
from uuid import UUID

from trunnion.assets.types.kinds import RelationKind
from trunnion.integrations.cobie.resolve import Names
from trunnion.integrations.cobie.sheets import sheet_name_of
from trunnion.integrations.cobie.types import Row

Relation = tuple[RelationKind, UUID, UUID]
"""(kind, source, target): the source is part of, feeds or isolates the target."""

# A fragment of the connection type that tells what the first thing does to the second.
_DOES = {
    "feed": RelationKind.FEEDS, "suppl": RelationKind.FEEDS, "供": RelationKind.FEEDS,
    "isolat": RelationKind.ISOLATES, "shut": RelationKind.ISOLATES, "隔离": RelationKind.ISOLATES,
}  # fmt: skip
SAID_AS = {
    RelationKind.FEEDS: "Feeds", RelationKind.ISOLATES: "Isolates", RelationKind.CONNECTED: "Connected",
}  # fmt: skip


def is_relation(row: Row) -> bool:
    """Whether the row tells how components bear on each other."""
    return (
        row.sheet in ("Assembly", "Connection") and sheet_name_of(row.text("SheetName") or "") == "Component"
    )


def relations_of(row: Row, names: Names) -> Iterator[tuple[str, Relation]]:
    """The relations that a row states, each with the name in its cell that states it."""
    if row.sheet == "Assembly":
        whole = names.find("Component", row.text("ParentName"))
        for name, part in names.split("Component", row.text("ChildNames")):
            if whole is not None and part is not None and part != whole:
                yield name, (RelationKind.PART_OF, part, whole)
        return
    first, second = (names.find("Component", row.text(column)) for column in ("RowName1", "RowName2"))
    if first is not None and second is not None and first != second:
        yield row.text("RowName2") or "", oriented(kind_of(row.text("ConnectionType")), first, second)


def kind_of(connection: str | None) -> RelationKind:
    """What a connection type means."""
    text = (connection or "").casefold()
    return next((kind for word, kind in _DOES.items() if word in text), RelationKind.CONNECTED)


def oriented(kind: RelationKind, first: UUID, second: UUID) -> Relation:
    """The relation as it is kept: a plain connection has no direction and is kept one way round."""
    if kind == RelationKind.CONNECTED and first > second:
        return (kind, second, first)
    return (kind, first, second)
