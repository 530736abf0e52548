"""How a file begins, as it was written: for whoever says which sheet it is, and in which row the headings stand."""

from dataclasses import replace
from itertools import islice
from typing import Any
from uuid import UUID

from trunnion.attach.queries import content_of
from trunnion.integrations.models import ImportRun
from trunnion.integrations.types import ImportKind
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Refusal
from trunnion.kernel.policies import get

from .heads import WITHIN, header_row
from .source import open_source
from .staging import LAYOUT

WIDEST = 60
LONGEST = 200


def get_beginning(ctx: Context, import_id: UUID, sheet: str = "", limit: int = 12) -> dict[str, Any]:
    """The first rows of a sheet with their numbers, and in which of them the headings seem to stand."""
    run = get(ctx, ImportRun, import_id)
    if run.import_kind != ImportKind.TABLE:
        raise Refusal("import.not_a_table", number=run.number)
    kept = {name: run.layout.get(name) for name in ("sheet", "header_row", "encoding", "delimiter")}
    layout = LAYOUT.validate_python(kept)
    if sheet and sheet != layout.sheet:
        layout = replace(layout, sheet=sheet, header_row=None)
    source = open_source(content_of(ctx, run.file_id).path, layout)
    layout = source.layout
    if source.sheets and not layout.sheet:
        layout = replace(layout, sheet=source.sheets[0])
    rows = list(islice(source.rows(layout.sheet), WITHIN + 6))
    return {
        "sheets": list(source.sheets), "sheet": layout.sheet or "", "encoding": layout.encoding or "",
        "delimiter": layout.delimiter or "",
        "header_row": layout.header_row or header_row(rows, run.target) or (rows[0][0] if rows else 1),
        "rows": [
            {"number": number, "cells": [cell[:LONGEST] for cell in cells[:WIDEST]]}
            for number, cells in rows[: min(max(limit, 1), WITHIN)]
        ],
    }  # fmt: skip
