"""Contents in pieces: what arrived stays, wherever the line or the server broke; nobody else's, nothing too long."""

import base64
import hashlib
import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from trunnion.attach import parts, storage
from trunnion.attach.commands import upload
from trunnion.attach.models import File, Upload
from trunnion.attach.tasks import expire_uploads
from trunnion.kernel import clock
from trunnion.kernel.errors import TooMany

from .builders import entered, jpeg
from .films import mp4

TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"
PATH = "/api/attach/uploads"


@pytest.fixture(autouse=True)
def _nothing_left():
    for path in parts.folder().iterdir():
        path.unlink()


def begun(client, size, name="pump.jpg", **headers):
    said = "filename " + base64.b64encode(name.encode()).decode()
    return client.post(PATH, headers={**TUS, "Upload-Length": str(size), "Upload-Metadata": said, **headers})


def piece(client, where, offset, data, **headers):
    told = {**TUS, "Upload-Offset": str(offset), **headers}
    return client.patch(where, data, content_type=PIECE, headers=told)


def looked(client, where):
    return client.head(where, headers=TUS)


def folder_is_empty(name):
    return not [p for p in Path(parts.folder()).parent.joinpath(name).iterdir() if p.is_file()]


def test_what_the_server_can_do(tenant):
    told = tenant.client().options(PATH)
    assert (told.status_code, told["Tus-Version"]) == (204, "1.0.0")
    assert set(told["Tus-Extension"].split(",")) >= {"creation", "termination", "checksum"}
    assert told["Tus-Checksum-Algorithm"].split(",")[0] == "sha1"
    assert int(told["Tus-Max-Size"]) == storage.MOST_FILM_BYTES


def test_a_cut_in_the_middle_goes_on_where_it_broke(tenant):
    client, data = tenant.client(), jpeg((900, 700))
    made = begun(client, len(data))
    assert (made.status_code, made["Upload-Offset"]) == (201, "0")
    where, half = made["Location"], len(data) // 2
    assert piece(client, where, 0, data[:half])["Upload-Offset"] == str(half)
    # Another page, another day: the server says how much is there.
    again = tenant.client()
    assert looked(again, where)["Upload-Offset"] == str(half)
    done = piece(again, where, half, data[half:])
    assert (done.status_code, done.content) == (204, b"")
    assert looked(again, where)["Upload-File"] == done["Upload-File"]
    row = File.objects.of(entered(tenant.owner)).get(id=done["Upload-File"])
    assert (row.sha256, row.name, row.width) == (hashlib.sha256(data).hexdigest(), "pump.jpg", 900)
    assert row.has_thumbnail
    assert folder_is_empty("uploads")
    # The answer was lost: it is told again, and nothing happens twice.
    assert looked(client, where)["Upload-File"] == str(row.id)
    assert piece(client, where, len(data), b"")["Upload-File"] == str(row.id)
    assert File.objects.of(tenant.owner).count() == 1


@pytest.mark.parametrize(
    ("offset", "data", "status", "code"),
    [
        (0, b"again", 409, "upload.wrong_offset"),
        (99, b"ahead", 409, "upload.wrong_offset"),
        (4, b"much too long", 413, "upload.too_long"),
    ],
)
def test_a_piece_in_the_wrong_place_changes_nothing(tenant, offset, data, status, code):
    client = tenant.client()
    where = begun(client, 10, "a.txt")["Location"]
    piece(client, where, 0, b"four")
    refused = piece(client, where, offset, data)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert looked(client, where)["Upload-Offset"] == "4"


def test_a_damaged_piece_is_not_kept(tenant):
    client = tenant.client()
    where = begun(client, 8, "a.txt")["Location"]
    for name in ("sha1", "sha256"):
        wrong = base64.b64encode(hashlib.new(name, b"other").digest()).decode()
        assert piece(client, where, 0, b"half", **{"Upload-Checksum": f"{name} {wrong}"}).status_code == 460
        assert looked(client, where)["Upload-Offset"] == "0"
    right = base64.b64encode(hashlib.sha256(b"half").digest()).decode()
    assert piece(client, where, 0, b"half", **{"Upload-Checksum": f"sha256 {right}"}).status_code == 204
    assert piece(client, where, 4, b"half", **{"Upload-Checksum": f"md5 {right}"}).status_code == 422


def test_somebody_elses_upload_is_not_there(tenant, other):
    where = begun(tenant.client(), 8, "a.txt")["Location"]
    colleague = tenant.client(tenant.membership_of(tenant.person("engineer")).email)
    for stranger in (colleague, other.client()):
        assert looked(stranger, where).status_code == 404
        assert piece(stranger, where, 0, b"half").status_code == 404
        assert stranger.delete(where, headers=TUS).status_code == 404
    assert looked(tenant.client(), where)["Upload-Offset"] == "0"
    with pytest.raises(Exception, match="not_found"):
        upload.state_of(tenant.owner.with_(actor_id=None), Upload.objects.of(tenant.owner).get().id, "")


def test_two_at_once_do_not_mix(tenant):
    client = tenant.client()
    where = begun(client, 8, "a.txt")["Location"]
    upload_id = Upload.objects.of(entered(tenant.owner)).get().id
    inside, leave = threading.Event(), threading.Event()

    def hold():
        with parts.adding(upload_id):
            inside.set()
            leave.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait(10)
    try:
        refused = piece(client, where, 0, b"half")
        assert (refused.status_code, refused.json()["code"]) == (423, "upload.busy")
    finally:
        leave.set()
        holder.join()
    assert piece(client, where, 0, b"half")["Upload-Offset"] == "4"


def test_a_killed_server_keeps_what_it_had(tenant):
    client = tenant.client()
    where = begun(client, 200_000, "a.txt")["Location"]
    upload_id = Upload.objects.of(entered(tenant.owner)).get().id
    # Another process writes to the same upload and is killed while it does.
    program = (
        "import sys, time\nfrom uuid import UUID\n"
        "import django\ndjango.setup()\n"
        "from trunnion.attach import parts\n"
        "def read(most):\n"
        "    print('in', flush=True)\n"
        "    time.sleep(0.2)\n"
        "    return b'x' * 1000\n"
        "with parts.adding(UUID(sys.argv[1])) as handle:\n"
        "    parts.append(handle, read, 200_000)\n"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "trunnion.settings"}
    running = subprocess.Popen(
        [sys.executable, "-c", program, str(upload_id)], env=environment, stdout=subprocess.PIPE
    )
    assert running.stdout is not None
    for _ in range(3):
        running.stdout.readline()
    running.send_signal(signal.SIGKILL)
    running.wait(10)
    running.stdout.close()
    kept = int(looked(client, where)["Upload-Offset"])
    assert kept in (2000, 3000)
    done = piece(client, where, kept, b"x" * (200_000 - kept))
    stored = File.objects.of(entered(tenant.owner)).get(id=done["Upload-File"])
    assert stored.sha256 == hashlib.sha256(b"x" * 200_000).hexdigest()


def test_a_server_killed_before_the_file_was_recorded_finishes_with_an_empty_piece(tenant):
    client, data = tenant.client(), jpeg()
    where = begun(client, len(data))["Location"]
    upload_id = Upload.objects.of(entered(tenant.owner)).get().id
    parts.path_of(upload_id).write_bytes(data)
    told = looked(client, where)
    assert told["Upload-Offset"] == str(len(data))
    assert "Upload-File" not in told
    assert piece(client, where, len(data), b"")["Upload-File"]


def test_the_same_checks_as_for_whole_files(tenant):
    client = tenant.client()
    assert begun(client, 5, "x.exe").status_code == 422
    assert begun(client, storage.MOST_BYTES + 1, "x.jpg").status_code == 413
    assert begun(client, storage.MOST_BYTES + 1, "x.mp4").status_code == 201
    assert begun(client, storage.MOST_FILM_BYTES + 1, "x.mp4").status_code == 413
    where = begun(client, 4, "x.jpg")["Location"]
    refused = piece(client, where, 0, b"MZ\0\0")
    assert refused.json()["errors"][0]["code"] == "file_dangerous"
    # Refused content leaves nothing behind: no upload, no bytes, no file.
    assert looked(client, where).status_code == 404
    assert not File.objects.of(entered(tenant.owner)).exists()
    assert folder_is_empty("incoming")
    assert not [p for p in parts.folder().iterdir() if p.stat().st_size]


def test_bad_requests_are_refused_in_words(tenant):
    client = tenant.client()
    assert client.post(PATH, headers={"Upload-Length": "5"}).status_code == 412
    assert client.post(PATH, headers=TUS).json()["errors"][0]["pointer"] == "/headers/Upload-Length"
    where = begun(client, 4, "a.txt")["Location"]
    assert client.patch(where, b"abcd", content_type="text/plain", headers=TUS).status_code == 415
    missing = client.patch(where, b"abcd", content_type=PIECE, headers=TUS)
    assert missing.json()["errors"][0]["pointer"] == "/headers/Upload-Offset"
    spoilt = client.post(PATH, headers={**TUS, "Upload-Length": "5", "Upload-Metadata": "filename %%"})
    assert spoilt.json()["errors"][0]["pointer"] == "/headers/Upload-Metadata"


def test_proxies_that_know_few_methods(tenant):
    client = tenant.client()
    where = begun(client, 4, "a.txt")["Location"]
    told = {**TUS, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    assert client.post(where, b"abcd", content_type=PIECE, headers=told)["Upload-File"]


def test_giving_up_leaves_nothing(tenant):
    client = tenant.client()
    where = begun(client, 8, "a.txt")["Location"]
    piece(client, where, 0, b"half")
    assert client.delete(where, headers=TUS).status_code == 204
    assert looked(client, where).status_code == 404
    assert folder_is_empty("uploads")


def test_unfinished_ones_expire(tenant):
    client = tenant.client()
    where = begun(client, 8, "a.txt")["Location"]
    piece(client, where, 0, b"half")
    assert expire_uploads(lambda *_: None) == 0
    stray = parts.folder() / "0190a000-0000-7000-8000-000000000000.part"
    stray.write_bytes(b"left by somebody")
    os.utime(stray, (0, 0))
    with time_machine.travel(clock.now() + upload.LIFE + timedelta(minutes=1)):
        assert looked(client, where).status_code in (401, 404)
        assert expire_uploads(lambda *_: None) == 2
    assert folder_is_empty("uploads")
    assert not Upload.objects.of(entered(tenant.owner)).exists()


def test_nobody_fills_the_disk_with_promises(tenant):
    size = storage.MOST_FILM_BYTES
    for _ in range(upload.MOST_TOGETHER // size):
        upload.begin(tenant.owner, name="x.mp4", size=size)
    with pytest.raises(TooMany):
        upload.begin(tenant.owner, name="x.mp4", size=size)
    assert upload.begin(tenant.person("engineer"), name="x.mp4", size=size).offset == 0


def test_a_film_is_shown_by_its_poster_and_played_in_parts(tenant):
    client, film = tenant.client(), mp4(30)
    where = begun(client, len(film), "leak.mp4")["Location"]
    assert client.put(f"{where}/poster", jpeg(), content_type="image/jpeg").status_code == 204
    card = piece(client, where, 0, film)
    at = f"/api/attach/files/{card['Upload-File']}"
    assert client.get(f"{at}/thumbnail")["Content-Type"] == "image/webp"
    whole = client.get(at)
    assert (whole["Content-Type"], whole["Accept-Ranges"]) == ("video/mp4", "bytes")
    assert whole["Content-Disposition"].startswith("inline")
    part = client.get(at, headers={"Range": "bytes=4-11"})
    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 4-11/{len(film)}")
    assert b"".join(part.streaming_content) == film[4:12]
    end = client.get(at, headers={"Range": "bytes=-5"})
    assert b"".join(end.streaming_content) == film[-5:]
    assert client.get(at, headers={"Range": "bytes=9999999-"}).status_code == 200
    assert client.get(at, headers={"Range": "bytes=0-3", "If-Range": '"other"'}).status_code == 200


def test_a_spoilt_poster_refuses_nothing_but_itself(tenant):
    client, film = tenant.client(), mp4(5)
    where = begun(client, len(film), "leak.mp4")["Location"]
    client.put(f"{where}/poster", b"no picture", content_type="image/jpeg")
    card = piece(client, where, 0, film)
    assert card.status_code == 204
    assert not File.objects.of(entered(tenant.owner)).get(id=card["Upload-File"]).has_thumbnail
