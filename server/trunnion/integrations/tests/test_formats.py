"""The formats of other programs through HTTP and at the command line: taken in, looked through, applied, sent out."""

import json

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile

from trunnion.cli import formats
from trunnion.identity.queries import get_organisation
from trunnion.integrations.ifc.tests.builders import tower
from trunnion.integrations.ifc.tests.test_reader import needs_reader

IMPORTS = "/api/integrations/imports"
YARD = {"type": "Point", "coordinates": [8, 47]}
PLACE = {"type": "Feature", "id": "a", "properties": {"name": "Yard"}, "geometry": YARD}
MAP = json.dumps({"type": "FeatureCollection", "features": [PLACE]})
GRID = json.dumps(
    {
        "_kind": "grid",
        "rows": [{"id": {"_kind": "ref", "val": "s"}, "site": {"_kind": "marker"}, "dis": "HQ"}],
    }
)


def taken(client, kind, content):
    answer = client.post(IMPORTS, {"file": SimpleUploadedFile(f"in.{kind}", content.encode()), "kind": kind})
    assert answer.status_code == 202, answer.content
    return f"{IMPORTS}/{answer.json()['id']}"


@pytest.mark.parametrize(("kind", "content"), [("geojson", MAP), ("haystack", GRID)])
def test_a_file_is_looked_through_applied_and_undone(tenant, kind, content):
    client = tenant.client()
    address = taken(client, kind, content)
    seen = client.get(address).json()
    assert (seen["state"], seen["new"], seen["errors"]) == ("checked", 1, 0)
    assert client.post(f"{address}/apply", content_type="application/json").status_code == 200
    applied = client.get(address).json()
    assert (applied["state"], applied["actions"]) == ("applied", ["undo"])
    again = client.get(taken(client, kind, content)).json()
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 1)
    assert client.post(f"{address}/undo", content_type="application/json").status_code == 200
    assert client.get(address).json()["state"] == "undone"
    assert client.get("/api/integrations/ogc/collections/locations/items").json()["features"] == []


@needs_reader
def test_a_model_is_looked_through_and_applied(tenant):
    client = tenant.client()
    address = taken(client, "ifc", tower().text())
    assert client.get(address).json()["state"] == "checked"
    client.post(f"{address}/apply", content_type="application/json")
    assert client.get(address).json()["state"] == "applied"
    assert client.post(f"{address}/undo", content_type="application/json").status_code == 200
    assert client.get(address).json()["state"] == "undone"


@pytest.mark.parametrize("kind", ["ifc", "geojson", "haystack"])
def test_a_bad_file_fails_in_words(tenant, kind):
    client = tenant.client()
    seen = client.get(taken(client, kind, "rubbish")).json()
    assert seen["state"] == "failed"
    assert seen["failure"]["code"].startswith(f"{kind}.")
    assert not seen["failure"]["text"].startswith("refusal.")


@pytest.mark.parametrize(
    ("path", "body", "start"),
    [
        ("geojson", {}, '{"type":"FeatureCollection"'), ("haystack", {}, '{"_kind": "grid"'),
        ("haystack", {"format": "zinc"}, 'ver:"3.0"'), ("brick", {}, "@prefix brick:"),
    ],
)  # fmt: skip
def test_the_register_goes_out_as_a_job(tenant, path, body, start):
    client = tenant.client()
    client.post(f"{taken(client, 'geojson', MAP)}/apply", content_type="application/json")
    answer = client.post(
        f"/api/integrations/{path}/export", json.dumps(body), content_type="application/json"
    )
    assert answer.status_code == 200, answer.content
    text = b"".join(client.get(f"/api/jobs/{answer.json()['job_id']}/file").streaming_content).decode()
    assert text.startswith(start)
    assert "Yard" in text
    engineer = tenant.client(tenant.membership_of(tenant.person("engineer")).user.email)
    address = f"/api/integrations/{path}/export"
    assert engineer.post(address, json.dumps(body), content_type="application/json").status_code == 403


@pytest.fixture
def told(tenant):
    name = get_organisation(tenant.id).name

    def run(command, *arguments):
        return CliRunner().invoke(command, [*map(str, arguments), "--organisation", name])

    return run


def test_at_the_command_line(told, tmp_path):
    path = tmp_path / "in"
    for command, content in ((formats.geojson, MAP), (formats.haystack, GRID)):
        path.write_text(content)
        dry = told(command, path, "--dry-run")
        assert (dry.exit_code, "Nothing was applied" in dry.output) == (0, True), dry.output
        good = told(command, path)
        assert (good.exit_code, "Applied" in good.output) == (0, True), good.output
        path.write_text("rubbish")
        bad = told(command, path, "--language", "zh-CN")
        assert (bad.exit_code, "JSON" in bad.output) == (2, True)
    path.write_text("rubbish")
    assert told(formats.ifc, path).exit_code == 2
    for command, more in (
        (formats.export_geojson, ()), (formats.export_haystack, ()), (formats.export_haystack, ("--zinc",)),
        (formats.export_brick, ()),
    ):  # fmt: skip
        assert told(command, tmp_path / "out", *more).exit_code == 0
        assert "Yard" in (tmp_path / "out").read_text()
