"""Every route against every kind of caller: strangers, roles without the grant, roles with it; a no changes nothing."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from trunnion.environment import ENVIRONMENT
from trunnion.http.api import api, mount
from trunnion.identity.commands import token
from trunnion.identity.models import User
from trunnion.identity.roles import grants_of, shipped
from trunnion.identity.tests.builders import Tenant, found_tenant
from trunnion.kernel.command import COMMANDS
from trunnion.kernel.ids import uuid7
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.permissions import PERMISSIONS, opening
from trunnion.kernel.web.routes import ROUTES, Route

from .arguments import fitting, of_route
from .test_twins import JSON, PLACE

mount()
GUARDED = [r for r in ROUTES if r.permission and not PERMISSIONS[r.permission]]
OPEN = [r for r in ROUTES if not r.permission or PERMISSIONS[r.permission]]
# Written by the door itself, whoever knocks.
QUIET = {"kernel_attempt", "identity_tokenuse", "django_session"}


def name_of(route: Route) -> str:
    return f"{route.method} {route.path}"


def ask(client: Client, route: Route, *, everything: bool = False) -> tuple[int, dict]:
    path = PLACE.sub(lambda m: "identity.role" if m[1] == "kind" else str(uuid7()), route.path)
    command = of_route(route.permission)
    body = fitting(command, everything=everything) if command else {}
    kept = {n: v for n, v in body.items() if f"{{{n}}}" not in route.path}
    headers = {"If-Match": '"1"'} if route.method == "PATCH" else {}
    data = None if route.method == "GET" else json.dumps(kept)
    response = client.generic(route.method, path, data or "", JSON, headers=headers)
    return response.status_code, json.loads(response.content) if b'"code"' in response.content else {}


def refused(route: Route, status: int, told: dict, expected: tuple[int, str]) -> bool:
    """Whether this is the refusal that was expected; an answer to HEAD has no body to say why."""
    return status == expected[0] and (route.method == "HEAD" or told.get("code") == expected[1])


def grants_by_role() -> dict[str, frozenset[str]]:
    return {key: grants_of((tuple(patterns),)) for key, patterns in shipped().items()}


def stored(organisation_id) -> dict[str, str]:
    """What every table and every file holds now."""
    enter_organisation(organisation_id)
    found = {}
    with connection.cursor() as cursor:  # allow(raw-sql): a test compares whole tables
        for table in sorted(set(connection.introspection.table_names()) - QUIET):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = sorted(repr(row) for row in cursor.fetchall())
            found[table] = f"{len(rows)} {hashlib.sha256(''.join(rows).encode()).hexdigest()}"
    for path in sorted(Path(ENVIRONMENT.home).rglob("*")):
        if path.is_file() and "test" not in path.relative_to(ENVIRONMENT.home).parts[0]:
            found[str(path)] = str(path.stat().st_size)
    return found


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [name for name in {*before, *after} if before.get(name) != after.get(name)]


@pytest.fixture
def tenant(db) -> Tenant:
    return found_tenant("Harbour Hospital")


def test_every_operation_of_the_api_is_a_declared_route():
    declared = {(r.method.lower(), re.sub(r"\{\w+:(\w+)\}", r"{\1}", r.path)) for r in ROUTES}
    served = {(m, path) for path, methods in api.get_openapi_schema()["paths"].items() for m in methods}
    assert served == declared
    assert len(ROUTES) == len(declared), "two routes share an address"


@pytest.mark.parametrize("route", ROUTES, ids=name_of)
def test_a_route_takes_a_permission_or_says_why_not(route):
    assert bool(route.permission) != bool(route.open_because)
    if route.permission:
        assert route.permission in PERMISSIONS
    else:
        assert len(route.open_because.split()) >= 3
    command = COMMANDS.get(route.permission or "")
    if command is not None and route.method != "GET":
        assert command.open == PERMISSIONS[command.name]


def test_strangers_are_asked_to_sign_in_and_change_nothing(tenant):
    stranger = Client(headers={"X-Trunnion-Door": "web"})
    before = stored(tenant.id)
    answers = [(route, ask(stranger, route)) for route in GUARDED]
    wrong = {name_of(r): told for r, told in answers if not refused(r, *told, (401, "not_signed_in"))}
    assert wrong == {}
    assert changed(before, stored(tenant.id)) == []


def test_strangers_at_open_doors_break_nothing(tenant):
    stranger = Client(headers={"X-Trunnion-Door": "web"})
    before = stored(tenant.id)
    broken = {name_of(r): told for r in OPEN for told in [ask(stranger, r)] if told[0] >= 500}
    assert broken == {}
    assert changed(before, stored(tenant.id)) == []


def test_whoever_lacks_the_grant_is_refused_and_changes_nothing(tenant):
    roles = grants_by_role()
    clients = {}
    for key in roles:
        ctx = tenant.person(key)
        clients[key] = tenant.client(User.objects.get(id=ctx.actor_id).email)
    before = stored(tenant.id)
    wrong, asked = {}, 0
    for number, route in enumerate(GUARDED):
        lacking = [k for k, grants in roles.items() if not grants & set(opening(route.permission or ""))]
        # One of those who lack it, another one for each route: who it is makes no difference to the door.
        for key in lacking[number % len(lacking) :][:1] if lacking else []:
            asked += 1
            status, told = ask(clients[key], route)
            if not refused(route, status, told, (403, "not_granted")):
                wrong[f"{key}: {name_of(route)}"] = (status, told)
    assert wrong == {}
    assert changed(before, stored(tenant.id)) == []
    assert asked > len(GUARDED) / 2


def test_whoever_holds_the_grant_is_let_in(tenant):
    roles = grants_by_role()
    clients: dict[str, Client] = {}
    wrong = {}
    for route in GUARDED:
        holding = [k for k, grants in roles.items() if grants & set(opening(route.permission or ""))]
        assert holding, f"no shipped role holds {route.permission}"
        key = holding[-1]
        if key not in clients:
            clients[key] = tenant.client(User.objects.get(id=tenant.person(key).actor_id).email)
        status, told = ask(clients[key], route)
        if status in (401, 403, 405) or status >= 500:
            wrong[f"{key}: {name_of(route)}"] = (status, told)
    assert wrong == {}


def test_a_token_never_does_more_than_it_lists(tenant):
    made = token.issue(tenant.owner, name="ERP", permissions=["playground.maker.read"])
    program = Client(headers={"Authorization": f"Bearer {made.token}"})
    before = stored(tenant.id)
    wrong = {}
    for route in GUARDED:
        if "playground.maker.read" not in opening(route.permission or ""):
            status, told = ask(program, route)
            if not refused(route, status, told, (403, "not_granted")):
                wrong[name_of(route)] = (status, told)
    assert wrong == {}
    assert changed(before, stored(tenant.id)) == []


def test_a_read_changes_nothing(tenant):
    client = tenant.client()
    before = stored(tenant.id)
    answers = {r.path: ask(client, r) for r in ROUTES if r.method == "GET"}
    assert changed(before, stored(tenant.id)) == []
    # A plain address that answers otherwise is hidden behind another one with a place for an id.
    hidden = {path: told for path, told in answers.items() if not PLACE.search(path) and told[0] != 200}
    assert {path: told for path, told in hidden.items() if told[1].get("code") != "invalid_input"} == {}
    assert [path for path in hidden if path.endswith("/columns")] == []


def test_shipped_roles_leave_the_keys_to_their_keepers():
    roles = grants_by_role()
    assert roles["owner"] == frozenset(PERMISSIONS)
    assert not [p for p in roles["read_only"] if p in COMMANDS and not COMMANDS[p].open]
    keys = ("identity.role.", "identity.organisation.", "identity.membership.", "kernel.journal.erase")
    for name in set(roles) - {"owner", "administrator"}:
        held = {p for p in roles[name] if p.startswith(keys) and not p.endswith(".read")}
        assert held == set(), name
