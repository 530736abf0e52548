"""Rows are read for one organisation and written by their own room; the kernel refuses the rest."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from tools.lints.foreign_keys import keys, target_room
from tools.lints.source import Finding, Source

# What may follow `Table.objects`: `of` names the organisation, creation takes it from the running verb.
SCOPED = ("of", "bulk_create")
BACK_DOORS = ("_base_manager", "_default_manager", "_raw_delete")
UNOWNED = ("Global", "Model")
WRITES = ("save", "delete", "update")


def look_at_all(sources: Iterable[Source]) -> Iterator[Finding]:
    """Name reads without an organisation and writes to another room's rows."""
    server = [source for source in sources if source.is_server and not source.is_migration]
    unowned = {name for source in server for name in unowned_tables(source)}
    for source in server:
        if not source.in_kernel and source.rooms:
            yield from reads(source, unowned)
            yield from writes(source, foreign_fields(server, source.rooms[0]))


def unowned_tables(source: Source) -> Iterator[str]:
    """The tables that belong to no organisation, by the class they inherit from."""
    for node in source.nodes:
        if isinstance(node, ast.ClassDef) and any(
            source.dotted(parent).rpartition(".")[2] in UNOWNED for parent in node.bases
        ):
            yield node.name


def foreign_fields(server: list[Source], room: str) -> dict[str, str]:
    """The names of a room's keys that lead into other rooms, with the room each leads to."""
    known: dict[str, str] = {}
    for source in server:
        if source.rooms[:1] == (room,) and source.is_file("models"):
            targets = {id(call): target_room(source, target) for call, target in keys(source)}
            for node in source.nodes:
                if isinstance(node, ast.Assign) and targets.get(id(node.value)):
                    known |= {
                        name.id: targets[id(node.value)]
                        for name in node.targets
                        if isinstance(name, ast.Name)
                    }
    return known


def reads(source: Source, unowned: set[str]) -> Iterator[Finding]:
    """Reads that name no organisation."""
    for node in source.nodes:
        if not isinstance(node, ast.Attribute):
            continue
        if node.attr in BACK_DOORS:
            yield source.finding(
                node.lineno, "unscoped-read", f"{node.attr} walks past the walls: use Table.objects.of(ctx)"
            )
        manager = node.value
        if isinstance(manager, ast.Attribute) and manager.attr == "objects" and node.attr not in SCOPED:
            table = source.dotted(manager.value).rpartition(".")[2]
            if table[:1].isupper() and table not in unowned:
                message = (
                    f"{table}.objects.{node.attr} names no organisation: {table}.objects.of(ctx).{node.attr}"
                )
                yield source.finding(node.lineno, "unscoped-read", message)


def writes(source: Source, fields: dict[str, str]) -> Iterator[Finding]:
    """Writes to rows that another room owns."""
    for call, name in source.calls():
        owner, _, verb = name.rpartition(".")
        field = owner.rpartition(".")[2]
        if verb == "get_model":
            message = "get_model reaches into a room by force: call that room's commands or queries"
            yield source.finding(call.lineno, "foreign-write", message)
        elif verb in WRITES and "." in owner and field in fields:
            message = f"{owner} belongs to {fields[field]}: call a command of {fields[field]}"
            yield source.finding(call.lineno, "foreign-write", message)
