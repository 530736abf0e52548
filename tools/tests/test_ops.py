"""What is in ops/ fits the program: its commands, its variables, its addresses."""

from __future__ import annotations

import configparser
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from trunnion.cli import Lazy
from trunnion.environment import Environment

ROOT = Path(__file__).resolve().parents[2]
OPS = ROOT / "ops"
# Read by the server itself (uvicorn): whose X-Forwarded-For is believed.
BESIDES = {"FORWARDED_ALLOW_IPS"}
SOURCE = (ROOT / "server/trunnion/environment.py").read_text("utf-8")
KNOWN = set(re.findall(r"TRUNNION_[A-Z_]+", SOURCE)) | BESIDES


def text(name: str) -> str:
    """A file of ops."""
    return (OPS / name).read_text("utf-8")


def is_command(words: list[str]) -> bool:
    """Whether the program knows this command with these options."""
    command = Lazy().get_command(None, words[0])  # type: ignore[arg-type]
    assert command is not None, words
    command.make_context(words[0], list(words[1:]))
    return True


@pytest.fixture
def composed() -> dict[str, Any]:
    """The compose file."""
    found: dict[str, Any] = yaml.safe_load(text("compose.yaml"))
    return found


@pytest.mark.parametrize("name", ["trunnion.service", "trunnion-worker@.service"])
def test_units_start_what_there_is_and_hold_it_tightly(name: str) -> None:
    """Each unit runs a command of the program, without root, with the rest of the system closed."""
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(text(name))
    service = dict(unit["Service"])
    program, *words = shlex.split(service["ExecStart"])
    assert Path(program).name == "trunnion"
    assert is_command(words)
    assert service["User"] != "root"
    assert {service[k] for k in ("NoNewPrivileges", "PrivateTmp", "ProtectHome")} == {"yes"}
    assert (service["ProtectSystem"], service["Restart"]) == ("strict", "always")
    assert service["EnvironmentFile"] == "/etc/trunnion.env"


def test_variables_are_those_that_are_read(composed: dict[str, Any]) -> None:
    """No variable is misspelt, and none of the five is forgotten."""
    named = set(re.findall(r"^#?([A-Z_]+)=", text("trunnion.env"), re.MULTILINE))
    assert named == KNOWN
    for service in ("first", "second", "worker"):
        assert set(composed["services"][service]["environment"]) <= KNOWN
    assert set(re.findall(r"(TRUNNION_[A-Z_]+)=", text("Containerfile"))) <= KNOWN
    assert Environment.read().bind


def test_the_image_runs_without_root_and_installs_what_is_pinned() -> None:
    """Every instruction is one, the last user is no root, what is installed is checked by its hash."""
    joined = text("Containerfile").replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    instructions = {
        "FROM",
        "WORKDIR",
        "COPY",
        "RUN",
        "ENV",
        "USER",
        "VOLUME",
        "EXPOSE",
        "HEALTHCHECK",
        "ENTRYPOINT",
        "CMD",
    }
    assert {line.split()[0] for line in lines} == instructions
    assert [line.split()[1] for line in lines if line.startswith("USER")] == ["10001"]
    assert "--require-hashes -r requirements.lock" in joined
    assert is_command(json.loads(next(line for line in lines if line.startswith("CMD")).removeprefix("CMD ")))
    for line in lines:
        if line.startswith("COPY") and "--from" not in line and "*" not in line:
            assert (ROOT / line.split()[1]).exists(), line


def test_the_composition_fits_together(composed: dict[str, Any]) -> None:
    """Commands, volumes, networks and dependencies are all there; only the proxy is reached from outside."""
    services = composed["services"]
    for name, service in services.items():
        assert set(service.get("depends_on", {})) <= set(services)
        assert set(service["networks"]) <= set(composed["networks"])
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in composed["volumes"] or (OPS / source).exists(), volume
        assert ("ports" in service) == (name == "proxy")
        if service["image"] == "trunnion":
            assert is_command(service["command"])
            assert service["read_only"]
            assert service["cap_drop"] == ["ALL"]
            assert composed["networks"]["inside"]["internal"]
    upstreams = services["proxy"]["environment"]["TRUNNION_UPSTREAMS"].split()
    assert {one.partition(":")[0] for one in upstreams} <= set(services)
    assert "NOSUPERUSER NOBYPASSRLS" in str(services["prepare"]["command"])


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Caddyfile", ["flush_interval -1", "header_up X-Forwarded-For {remote_host}", "/api/system/health"]),
        (
            "nginx.conf",
            [
                "proxy_set_header X-Forwarded-For $remote_addr;",
                "proxy_buffering off;",
                "location = /api/events",
            ],
        ),
    ],
)
def test_proxies_stream_and_tell_the_true_address(name: str, wanted: list[str]) -> None:
    """The caller's address is overwritten, streams are not held back, braces close."""
    found = text(name)
    for line in wanted:
        assert line in found
    assert "proxy_add_x_forwarded_for" not in found
    assert found.count("{") == found.count("}")


def test_figures_that_are_watched_are_told() -> None:
    """Every series that the sample's rules speak of is one of ours."""
    yaml.safe_load(text("prometheus.yml"))
    sources = "".join(p.read_text("utf-8") for p in (ROOT / "server/trunnion").rglob("*.py"))
    for name in set(re.findall(r"\b(trunnion_[a-z_]+)\b", text("prometheus.yml"))):
        assert f'"{name}"' in sources, name
    assert '"/metrics"' in sources
    assert "kernel.metrics.look" in text("prometheus.yml")
