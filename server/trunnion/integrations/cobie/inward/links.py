"""Assemblies and connections of components become relations of assets."""

from trunnion.assets.commands import relation_batch
from trunnion.assets.types.lines import RelationLine
from trunnion.integrations.cobie.inward.work import LINE, Work, cut, text
from trunnion.integrations.cobie.relations import is_relation, relations_of


def apply(work: Work) -> None:
    """Makes sure that the relations of the file exist."""
    lines: dict[tuple[object, ...], RelationLine] = {}
    for sheet in ("Assembly", "Connection"):
        for step in work.pending(sheet):
            if is_relation(step.row):
                for _, (kind, source, target) in relations_of(step.row, work.plan.names):
                    remark = cut(text(step.row, "Description"), LINE)
                    lines.setdefault((kind, source, target), RelationLine(kind, source, target, remark))
    if lines:
        relation_batch.ensure_many(work.ctx, list(lines.values()))
