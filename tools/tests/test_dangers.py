"""What must never stand in the code: shells, unsafe deserialising, markup of users, secrets, patterns that run away."""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

import trunnion
from tools import lint
from tools.lints import outbound
from trunnion import settings

ROOT = Path(__file__).resolve().parents[2]
SERVER = [
    path
    for path in (ROOT / "server/trunnion").rglob("*.py")
    if not {"tests", "migrations", "static"} & set(path.parts)
]
PAGES = [
    path
    for part in ("kit", "console", "field", "portal")
    for path in (ROOT / "clients" / part / "src").rglob("*.ts*")
    if ".test." not in path.name
]
DANGEROUS = {
    "S301": "import pickle\npickle.loads(b'')\n",
    "S302": "import marshal\nmarshal.loads(b'')\n",
    "S307": "eval('1')\n",
    "S102": "exec('1')\n",
    "S506": "import yaml\nyaml.load('', Loader=yaml.Loader)\n",
    "S602": "import subprocess\nsubprocess.run('ls', shell=True)\n",
    "S605": "import os\nos.system('ls ' + name)\n",
    "S308": "from django.utils.safestring import mark_safe\nmark_safe(name)\n",
    "S314": "import xml.etree.ElementTree as tree\ntree.fromstring('')\n",
    "S608": "name = input()\nquery = f'SELECT * FROM users WHERE name = {name}'\n",
}


@pytest.mark.parametrize("rule", DANGEROUS)
def test_what_is_dangerous_is_named(rule: str, tmp_path: Path) -> None:
    """The rules of the house find it in a file of a room, so that `make check` fails."""
    place = ROOT / "server/trunnion/work/commands/sample.py"
    command = [
        str(Path(sys.prefix) / "bin/ruff"),
        "check",
        "--output-format=json",
        "--stdin-filename",
        str(place),
        "-",
    ]
    done = subprocess.run(
        command, input=DANGEROUS[rule], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert rule in {one["code"] for one in json.loads(done.stdout)}


def test_no_page_writes_markup() -> None:
    """Texts of users become text nodes, never markup."""
    ways = re.compile(
        r"dangerouslySetInnerHTML|\.innerHTML\s*=|outerHTML\s*=|insertAdjacentHTML|document\.write\(|"
        r"\beval\(|new Function\("
    )
    found = [
        f"{path.relative_to(ROOT)}: {hit}" for path in PAGES for hit in ways.findall(path.read_text("utf-8"))
    ]
    assert found == []
    assert len(PAGES) > 200


def test_links_lead_to_addresses_of_our_own_making() -> None:
    """A link's address is written in the code, made by a function, or named in this list: never a field of a record."""
    # `path` and `to` are made by the server or the table of pages from ids.
    ours = re.compile(
        r"^(`[#/]|`mailto:|`tel:|`\$\{import\.meta|fileUrl\(|fileOf\(|code\.path|url$|to$|href$|geo)"
    )
    found = {
        f"{path.relative_to(ROOT)}: {value}"
        for path in PAGES
        for value in re.findall(r"\b(?:href|src|action)=\{([^}]+)\}?", path.read_text("utf-8"))
        if re.match(r"[a-z_.]+\.(url|link|href|website|web|homepage)\b", value) and not ours.match(value)
    }
    assert {one for one in found if "invited.link" not in one and ".thumbnail" not in one} == set()


def test_nothing_calls_out() -> None:
    """No file of the server is excused from the lint of calls to other machines."""
    excused = [str(path) for path in SERVER if "allow(outbound" in path.read_text("utf-8")]
    assert excused == []
    assert outbound in lint.LINTS


def test_there_is_no_engine_for_templates() -> None:
    """Nobody can write a template: there is nothing that would read it."""
    assert settings.TEMPLATES == []
    engines = re.compile(r"^\s*(?:import|from)\s+(jinja2|mako|chameleon|django\.template)\b", re.MULTILINE)
    assert [str(p) for p in SERVER if engines.search(p.read_text("utf-8"))] == []


def test_there_are_no_websockets() -> None:
    """Whatever is pushed goes through the event stream."""
    assert [str(p) for p in SERVER if re.search(r"WebSocketRoute|\bwebsocket\b", p.read_text("utf-8"))] == []


UNITS = ("a", "0", " ", "(", "<", "-", "a.", "a@", "1,", "\t\n", "水", "=", '"', "A1")
HOSTILE = [(unit * 20_000)[:20_000] for unit in UNITS]


def patterns() -> dict[str, re.Pattern[str] | re.Pattern[bytes]]:
    """Every pattern that a module of the server holds."""
    found: dict[str, re.Pattern[str] | re.Pattern[bytes]] = {}
    for known in pkgutil.walk_packages(trunnion.__path__, "trunnion."):
        if (
            ".tests" in known.name
            or ".migrations" in known.name
            or known.name.endswith((".asgi", "conftest", "worker"))
        ):
            continue
        for name, value in vars(importlib.import_module(known.name)).items():
            if isinstance(value, re.Pattern):
                found[f"{known.name}.{name}"] = value
    return found


def test_no_pattern_runs_away() -> None:
    """The longest texts of one kind that a field could hold are judged in a moment, ended well and badly."""
    slow = {}
    for name, pattern in patterns().items():
        for text in HOSTILE:
            sample = text + "!"
            asked = sample if isinstance(pattern.pattern, str) else sample.encode()
            began = time.thread_time()
            pattern.match(asked)  # type: ignore[arg-type]
            pattern.fullmatch(asked)  # type: ignore[arg-type]
            took = time.thread_time() - began
            if took > 0.25:
                slow[f"{name} on {text[:2]!r}"] = round(took, 2)
    assert slow == {}
    assert len(patterns()) > 20


SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bghp_[A-Za-z0-9]{36}\b|\btrn_[A-Za-z0-9_-]{27}\b|"
    r"\bxox[baprs]-[A-Za-z0-9-]{10,}|\bsk_live_[A-Za-z0-9]{16,}"
)


def test_no_secret_stands_in_the_code() -> None:
    """Nothing that looks like a key is under version control."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    paths = [
        ROOT / one
        for one in listed.split("\0")
        if one and Path(one).suffix not in {".png", ".webp", ".woff2", ".lock"}
    ]
    found = [
        str(path.relative_to(ROOT))
        for path in paths
        if path.is_file()
        and path.stat().st_size < 2_000_000
        and SECRETS.search(path.read_text("utf-8", "ignore"))
    ]
    assert found == []


def test_nothing_is_debugged_in_earnest() -> None:
    """No debugging, no pages of the framework, no documentation that lists what there is."""
    assert settings.DEBUG is False
    assert not any("debug" in one for one in [*settings.MIDDLEWARE, *settings.INSTALLED_APPS])
    source = (ROOT / "server/trunnion/http/api.py").read_text("utf-8")
    assert "docs_url=None" in source
    assert "openapi_url=None" in source


def test_addresses_are_not_logged() -> None:
    """A guest's token stands in an address: the server keeps no log of addresses."""
    tree = ast.parse((ROOT / "server/trunnion/cli/serve.py").read_text("utf-8"))
    told = {
        word.arg: ast.literal_eval(word.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "Config"
        for word in node.keywords
        if isinstance(word.value, ast.Constant)
    }
    assert (told["access_log"], told["server_header"]) == (False, False)
