"""Finds assembly rows that make a thing part of itself."""

from collections import defaultdict
from collections.abc import Sequence

from trunnion.integrations.cobie.cells import matched, split_list
from trunnion.integrations.cobie.names import Known
from trunnion.integrations.cobie.sheets import sheet_name_of
from trunnion.integrations.cobie.types import Row

Node = tuple[str, str]


def rows_in_cycles(rows: Sequence[Row], known: Known) -> list[Row]:
    """The rows whose parent and one of whose children lie on a cycle (or between two cycles)."""
    edges = [(row, parent, child) for row in rows for parent, child in _edges(row, known)]
    below: dict[Node, set[Node]] = defaultdict(set)
    above: dict[Node, set[Node]] = defaultdict(set)
    for _, parent, child in edges:
        below[parent].add(child)
        above[child].add(parent)
    circling = _without_ends(below, above) & _without_ends(above, below)
    return list({row.number: row for row, parent, child in edges if {parent, child} <= circling}.values())


def _edges(row: Row, known: Known) -> list[tuple[Node, Node]]:
    sheet = sheet_name_of(row.text("SheetName") or "")
    parent, children = row.text("ParentName"), row.text("ChildNames")
    if sheet is None or parent is None or children is None:
        return []
    names = split_list(children, known.spellings(sheet))
    return [((sheet, matched(parent)), (sheet, matched(name))) for name in names]


def _without_ends(onward: dict[Node, set[Node]], back: dict[Node, set[Node]]) -> set[Node]:
    """Take away nodes that lead nowhere until none is left; what stays leads around for ever."""
    left = {node: len(onward.get(node, ())) for node in onward.keys() | back.keys()}
    ends = [node for node, count in left.items() if count == 0]
    while ends:
        node = ends.pop()
        del left[node]
        for before in back.get(node, ()):
            left[before] -= 1
            if left[before] == 0:
                ends.append(before)
    return set(left)
