"""Rows that become labour resources, or teams of them."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from trunnion.integrations.tabular.declare import Field, Kind, Looked, Target, Values, Writing, target
from trunnion.integrations.tabular.types import Reason
from trunnion.kernel.context import Context
from trunnion.parties.types import PartyRole
from trunnion.workforce.commands import labour_resource, team
from trunnion.workforce.queries import find_named, find_teams, members_of
from trunnion.workforce.types import ResourceKind, ResourceLine, TeamLine

from .lookups import party_as

_BETWEEN = re.compile(r"[,;，；、|\n]+")
# What people write between names as well, though some names have it inside.
_PERHAPS = re.compile(r"[\s/]+")


def _write(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    lines = [ResourceLine(id=row.id, **{"name": row.before.get("name", ""), **row.values}) for row in rows]
    return labour_resource.ensure_many(ctx, lines).ids


def _write_teams(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    lines = [
        TeamLine(
            row.values.get("name") or row.before["name"], row.id, row.values.get("is_active"),
            tuple(sorted(row.values.get("members", ()))),
        )
        for row in rows
    ]  # fmt: skip
    return team.ensure_many(ctx, lines).ids


def _names(text: Any) -> list[str]:
    parts = (part.strip() for part in _BETWEEN.split(text))
    return [part for part in dict.fromkeys(parts) if part]


def _look(ctx: Context, rows: Sequence[Values]) -> list[Looked]:
    """Finds teams by name and their people; many rows may name one team, each with somebody of it."""
    teams = find_teams(ctx, [row["name"] for row in rows if row.get("name")])
    held = members_of(ctx, teams.values())
    texts = {
        part for row in rows for name in row.get("members", ()) for part in (name, *_PERHAPS.split(name))
    }
    known = find_named(ctx, texts) if texts else {}
    found = []
    for row in rows:
        team_id = teams.get(row.get("name", ""))
        inside = held.get(team_id, frozenset()) if team_id else frozenset()
        said, reasons = _members(row.get("members", ()), known, inside)
        if said and not reasons:
            row["members"] = frozenset(said) | inside
        found.append(Looked(team_id, tuple(reasons)))
    return found


def _members(
    names: Sequence[str], known: dict[str, list[UUID]], held: frozenset[UUID]
) -> tuple[list[UUID], list[Reason]]:
    """Whom the names mean; one that several bear means those of them who are in the team, if any."""
    said: list[UUID] = []
    reasons: list[Reason] = []
    for name in names:
        parts = [part for part in _PERHAPS.split(name) if part]
        for text in [name] if known[name] or not all(known[part] for part in parts) else parts:
            inside = [one for one in known[text] if one in held]
            if len(known[text]) == 1 or inside:
                said += inside or known[text]
            else:
                code = "table.several" if known[text] else "table.not_found"
                facts = {"text": text[:200], "kind": "workforce.labour_resource"}
                reasons.append(Reason(None, "members", code, facts))
    return said, reasons


def _stand(ctx: Context, ids: Sequence[UUID]) -> dict[UUID, Values]:
    return {team_id: {"members": members} for team_id, members in members_of(ctx, ids).items()}


LABOUR = target(Target(
    name="labour", kind="workforce.labour_resource", permission="workforce.labour_resource.ensure_many",
    listing="workforce.labour_resources", keys=("code", "name"), write=_write,
    fields=(
        Field("name", required=True, most=200), Field("code", most=60, unique=True), Field("phone", most=60),
        Field("kind", Kind.CHOICE, choices=ResourceKind, words="choice.workforce.labour_resource.kind",
              path="resource_kind"),
        Field("party_id", Kind.REFERENCE, lookup=party_as(PartyRole.CONTRACTOR)),
    ),
))  # fmt: skip
TEAMS = target(Target(
    name="teams", kind="workforce.team", permission="workforce.team.ensure_many", listing="workforce.teams",
    keys=("name",), write=_write_teams, look=_look, stand=_stand,
    fields=(
        Field("name", required=True, most=200), Field("members", path="", most=20_000, parse=_names),
        Field("is_active", Kind.BOOLEAN),
    ),
))  # fmt: skip
