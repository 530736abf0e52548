"""Brings files of drafts in, and reads the register back."""

import json
from pathlib import Path
from typing import Any

from trunnion.assets.queries import mapped
from trunnion.integrations.cobie.importer import Report
from trunnion.integrations.drafts import importer
from trunnion.integrations.tests.builders import door
from trunnion.integrations.types import ImportKind
from trunnion.kernel.database import reading


def bring(tenant, folder: Path, body: Any, kind: ImportKind = ImportKind.GEOJSON, **how: Any) -> Report:
    """Imports a document, given as text or as what JSON knows."""
    path = folder / "in.json"
    path.write_text(body if isinstance(body, str) else json.dumps(body))
    return importer.run(door(tenant), path, kind, **how)


def register(tenant) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Places, assets and meters by name."""
    ctx = door(tenant)
    with reading(tenant.id):
        places = {one.name: one for one in mapped.all_places(ctx)}
        assets = {one.name: one for one in mapped.all_assets(ctx)}
        meters = {one.name: one for one in mapped.meters(ctx)}
    return places, assets, meters


def counts(report: Report) -> dict[str, tuple[int, int, int, int]]:
    """By kind of record: new, changed, same, set aside."""
    return {name: (c.new, c.changed, c.same, c.error) for name, c in report.sheets.items()}
