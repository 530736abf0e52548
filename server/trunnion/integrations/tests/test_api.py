"""Imports and exports through HTTP, as the console does it."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile

from trunnion.integrations.cobie.reader import read
from trunnion.integrations.cobie.tests.builders import packed
from trunnion.integrations.tests.builders import full
from trunnion.integrations.tests.test_import import with_errors

IMPORTS = "/api/integrations/imports"


def posted(client, sheets, **fields):
    return client.post(IMPORTS, {"file": SimpleUploadedFile("tower.xlsx", packed(sheets)), **fields})


def test_upload_check_apply_export(tenant, tmp_path):
    client = tenant.client()
    answer = posted(client, with_errors())
    assert answer.status_code == 202, answer.content
    import_id = answer.json()["id"]
    detail = client.get(f"{IMPORTS}/{import_id}").json()
    assert (detail["state"], detail["errors"]) == ("checked", 3)
    assert detail["findings"]["rows"][0]["text"]
    chosen = json.dumps({"and": [{"field": "import_id", "op": "eq", "value": import_id}]})
    rows = client.get("/api/integrations/findings", {"filter": chosen, "sort": "position"}).json()["rows"]
    assert len(rows) == detail["findings"]["count"]
    errors = client.get(f"{IMPORTS}/{import_id}/errors")
    assert "errors.xlsx" in errors.headers["Content-Disposition"]
    assert len(read(b"".join(errors.streaming_content)).sheets["Component"]) == 2
    applied = client.post(f"{IMPORTS}/{import_id}/apply", content_type="application/json")
    assert applied.status_code == 200, applied.content
    assert client.get(f"{IMPORTS}/{import_id}").json()["state"] == "applied"
    listed = client.get(IMPORTS).json()["rows"]
    assert [(row["number"], row["source_name"]) for row in listed] == [("IM-000001", "S / Tower")]
    job = client.post("/api/integrations/cobie/export", content_type="application/json").json()["job_id"]
    content = b"".join(client.get(f"/api/jobs/{job}/file").streaming_content)
    assert len(read(content).sheets["Component"]) == 2
    assert len(client.get("/api/integrations/cobie/facilities").json()["rows"]) == 1


def test_strict_and_cancel(tenant):
    client = tenant.client()
    import_id = posted(client, with_errors(), strict="true").json()["id"]
    refused = client.post(f"{IMPORTS}/{import_id}/apply", content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "import.strict")
    assert client.post(f"{IMPORTS}/{import_id}/cancel", content_type="application/json").status_code == 200
    assert client.get(f"{IMPORTS}/{import_id}").json()["actions"] == []


def test_what_is_missing_or_wrong_is_named(tenant):
    client = tenant.client()
    for fields, pointer in (({}, "/file"), ({"kind": "pdf"}, "/kind")):
        body = {**fields, **({"file": SimpleUploadedFile("t.xlsx", packed(full()))} if fields else {})}
        answer = client.post(IMPORTS, body)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == pointer
    plain = client.post(IMPORTS, {"file": SimpleUploadedFile("t.xlsx", b"MZ not a workbook")})
    assert plain.status_code in (202, 422)
    clean = posted(client, full()).json()["id"]
    assert client.get(f"{IMPORTS}/{clean}/errors").json()["code"] == "import.no_error_file"


def test_others_neither_see_nor_touch_it(tenant, other):
    import_id = posted(tenant.client(), full()).json()["id"]
    stranger = other.client()
    assert stranger.get(f"{IMPORTS}/{import_id}").status_code == 404
    assert stranger.get(f"{IMPORTS}/{import_id}/errors").status_code == 404
    assert stranger.post(f"{IMPORTS}/{import_id}/apply", content_type="application/json").status_code == 404
    assert stranger.get(IMPORTS).json()["rows"] == []
    reader = tenant.person("engineer")
    client = tenant.client(tenant.membership_of(reader).user.email)
    assert client.get(f"{IMPORTS}/{import_id}").status_code == 403
    assert posted(client, full()).status_code == 403
