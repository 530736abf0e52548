"""Starting on a database that cannot be reached, and on one whose migration fails: which is which, and what to do."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg  # allow(raw-sql): a database is made by hand, before the program sees it
import pytest
from django.db import connection

SERVER = Path(__file__).parents[3]
# A table that somebody has made by hand where a migration wants to make it.
IN_THE_WAY = "CREATE TABLE identity_user (id integer)"


def started(home: Path, url: str = "") -> "subprocess.CompletedProcess[str]":
    """What the first step of `trunnion serve` says in a process of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TRUNNION_", "DJANGO_", "PYTEST_"))}
    env = kept | {"TRUNNION_HOME": str(home), "TRUNNION_DATABASE_URL": url, "PYTHONPATH": str(SERVER)}
    program = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'trunnion.settings'; import django; django.setup();"
        "from trunnion.cli.serve import prepare; prepare()"
    )
    told = [sys.executable, "-c", program]
    return subprocess.run(told, env=env, capture_output=True, text=True, check=False, cwd=home)


@pytest.fixture
def scratch(tmp_path):
    """An empty database of the kind that this run is about, with a table in the way."""
    if connection.vendor == "sqlite":
        import sqlite3  # allow(raw-sql): as above

        path = tmp_path / "scratch.sqlite3"
        with sqlite3.connect(path) as held:
            held.execute(IN_THE_WAY)
        yield f"sqlite:///{path}"
        return
    url, name = os.environ["TRUNNION_DATABASE_URL"], f"scratch_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        own = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        try:
            with psycopg.connect(own, autocommit=True) as held:
                held.execute(IN_THE_WAY)
            yield own
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize(
    "url", ["postgres://nobody@127.0.0.1:1/nothing", "sqlite:////nowhere/at/all.sqlite3"]
)
def test_a_database_that_cannot_be_reached(tmp_path, url):
    done = started(tmp_path, url)
    assert done.returncode == 1
    assert "The database cannot be reached" in done.stderr
    assert "TRUNNION_DATABASE_URL" in done.stderr
    assert "migration" not in done.stderr.lower()


def test_a_migration_that_fails_is_named(tmp_path, scratch):
    done = started(tmp_path, scratch)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "cannot be reached" not in done.stderr
    assert "The migration identity.0001_initial failed" in done.stderr, done.stderr
    assert "identity_user" in done.stderr
    assert "Nothing of it was changed." in done.stderr
    assert "Traceback" not in done.stderr
    again = started(tmp_path, scratch)
    assert "The migration identity.0001_initial failed" in again.stderr
