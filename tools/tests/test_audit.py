"""The list of materials names every pinned library, without a network; and no network is no finding."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from tools import audit


def test_every_pinned_library_is_named_and_nothing_is_fetched(tmp_path: Path, monkeypatch) -> None:
    """Both lists are made from the lock files alone."""
    for name in ("http_proxy", "https_proxy", "HTTPS_PROXY", "npm_config_registry"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    server, clients = (json.loads(path.read_text()) for path in audit.write(tmp_path))
    pinned = set(re.findall(r"^([A-Za-z0-9_.-]+)==", audit.LOCK.read_text(), re.MULTILINE))
    assert {one["name"].lower() for one in server["components"]} >= {name.lower() for name in pinned}
    assert all(one.get("version") for one in server["components"])
    names = {"/".join(filter(None, (one.get("group"), one["name"]))) for one in clients["components"]}
    assert {"react", "antd", "preact", "dexie"} <= names
    assert {server["bomFormat"], clients["bomFormat"]} == {"CycloneDX"}


def test_no_network_is_no_finding_and_a_finding_is_one(tmp_path: Path) -> None:
    """What cannot be asked is said; what is found fails."""
    say = "import sys; print({!r}); sys.exit({})".format
    assert audit.ask((sys.executable, "-c", say("npm error code ENOTFOUND", 1)))[0]
    assert audit.ask((sys.executable, "-c", say("Found 1 known vulnerability in 1 package", 1))) == (
        False,
        "Found 1 known vulnerability in 1 package",
    )
    assert audit.ask((sys.executable, "-c", say("No known vulnerabilities found", 0)))[0]
