"""Real maintenance logs become assets and closed orders with failure codes, by the mappings that are shipped."""

import gzip
import os
from pathlib import Path

import pytest

from trunnion.integrations.tabular import importer
from trunnion.integrations.tests.builders import door
from trunnion.kernel.policies import KINDS

DATA = os.environ.get("TRUNNION_DATA", "")
pytestmark = pytest.mark.skipif(not DATA, reason="TRUNNION_DATA does not name the folder of the public logs")


def unpacked(folder: Path, name: str) -> Path:
    path = folder / Path(name).name.removesuffix(".gz")
    path.write_bytes(gzip.decompress((Path(DATA) / name).read_bytes()))
    return path


@pytest.mark.parametrize(
    ("name", "mapping", "machines", "rows", "failures"),
    [
        ("mwo-excavators/excavators-cleaned.csv.gz", "excavators-orders", 5, 5485, 1000),
        ("mwo-chillers/all_wo_with_code_component_events.csv.gz", "chillers-orders", 5, 1925, 80),
    ],
)
def test_a_log_becomes_history(tenant, tmp_path, name, mapping, machines, rows, failures):
    ctx = door(tenant)
    file = unpacked(tmp_path, name)
    report = importer.run(ctx, file, "orders", mapping)
    assert report.refusal is None, report.refusal
    assert report.run.rows == rows
    # What the log itself says wrongly is set aside, each with its reason; it is little.
    assert report.run.errors <= rows // 50, list(importer.lines(report, "en"))[:12]
    orders = KINDS["work.order"].objects.of(ctx)
    assert orders.filter(state="closed").count() == report.run.new == rows - report.run.errors
    assert KINDS["assets.asset"].objects.of(ctx).count() >= machines
    coded = KINDS["work.failure"].objects.of(ctx)
    assert coded.count() >= failures
    assert coded.values("mode_id").distinct().count() > 3
    again = importer.run(ctx, file, "orders", mapping)
    assert (again.run.new, again.run.changed, again.run.errors) == (0, 0, report.run.errors)
