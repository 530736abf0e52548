"""The walls between organisations inside the database itself, generated from the models after every migrate.

PostgreSQL gets composite foreign keys and forced row security; SQLite gets triggers (its table remake drops them, so
they are installed anew and verified each time).
"""

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, transaction

from . import statistics
from .tables import Row

# Kernel tables that hold an organisation's content and so stand behind row security as well.
KERNEL_TABLES = ("kernel_entry", "kernel_payload", "kernel_rowchange", "kernel_replay", "kernel_searchtext")
# The triggers that were taken down for a migration, as they were built.
_down: dict[str, str] = {}


def scoped_models() -> list[type[Row]]:
    """Every organisation-owned table."""
    return [m for m in apps.get_models() if issubclass(m, Row)]


def references() -> Iterator[tuple[type[Row], Any, type[Row]]]:
    """Every reference from one organisation-owned table to another."""
    for model in scoped_models():
        for field in model._meta.concrete_fields:
            target = field.related_model
            if isinstance(target, type) and issubclass(target, Row):
                yield model, field, target


def install(**_: Any) -> None:
    """Builds the walls; safe to run again."""
    existing = set(connection.introspection.table_names())
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for statement in [*_postgresql(existing), *_strange_policies(cursor)]:
                cursor.execute(statement)
            return
        if "kernel_searchtext" in existing:
            cursor.execute(_SEARCH_TABLE)
        for name, statement in _triggers(existing).items():
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
            cursor.execute(statement)
    _down.clear()
    statistics.gather(count=False)


def take_down(plan: Any = (), **_: Any) -> None:
    """Makes way for a migration on SQLite; `install` builds everything again behind it.

    SQLite remakes a table under another name, and refuses the renaming while triggers of other tables name it.
    """
    if not plan or connection.vendor != "sqlite":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'wall\\_%' ESCAPE '\\'"
        )
        _down.update(cursor.fetchall())
        for name in _down:
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')


def mend() -> None:
    """Builds every wall that fits the tables as they stand, after a migration that failed on its way.

    What this version would build is tried first, then what stood before: the tables may be those of either.
    """
    existing = set(connection.introspection.table_names())
    if connection.vendor == "postgresql":
        for statement in _postgresql(existing):
            _try(statement)
        return
    ours, standing = _triggers(existing), _standing_triggers()
    for name in {*ours, *_down} - standing:
        for statement in filter(None, dict.fromkeys((ours.get(name), _down.get(name)))):
            if _try(statement, *_uses(statement)):
                break
    _down.clear()


def _standing_triggers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {name for (name,) in cursor.fetchall()}


def _uses(statement: str) -> Iterator[str]:
    """What would read a trigger: SQLite looks only then whether the columns exist that it names."""
    _, _, rest = statement.partition(" ON ")
    table = rest.split('"')[1] if rest.startswith('"') else rest.split()[0]
    verb = "INSERT INTO" if " INSERT ON " in statement else "UPDATE"
    tail = "DEFAULT VALUES" if verb != "UPDATE" else _touching(statement)
    yield f'EXPLAIN {verb} "{table}" {tail}'


def _touching(statement: str) -> str:
    columns = re.findall(r'"?(\w+)"?', statement.partition("UPDATE OF ")[2].partition(" ON ")[0])
    return "SET " + ", ".join(f'"{name}" = "{name}"' for name in columns)


def _try(*statements: str) -> bool:
    """Whether the tables took these statements; where they did not, nothing of them is left."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    except DatabaseError:
        return False
    return True


def missing() -> list[str]:
    """The walls that ought to stand and do not, or not as they were built."""
    with connection.cursor() as cursor:
        return sorted(
            _missing_on_postgresql(cursor)
            if connection.vendor == "postgresql"
            else _missing_on_sqlite(cursor)
        )


def _missing_on_sqlite(cursor: Any) -> Iterator[str]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    present = dict(cursor.fetchall())
    wanted = _triggers(set(connection.introspection.table_names()))
    return (name for name, statement in wanted.items() if present.get(name) != statement)


def _missing_on_postgresql(cursor: Any) -> Iterator[str]:
    cursor.execute("SELECT conname FROM pg_constraint WHERE conname LIKE 'wall_%' AND convalidated")
    present = {row[0] for row in cursor.fetchall()}
    yield from {_name(m, f) for m, f, _ in references()} - present
    cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    guarded = {row[0] for row in cursor.fetchall()}
    cursor.execute("SELECT tablename, policyname, qual, with_check FROM pg_policies")
    policies: dict[str, list[tuple[str, ...]]] = {}
    for table, *policy in cursor.fetchall():
        policies.setdefault(table, []).append(tuple(policy))
    for table in _guarded_tables():
        if table not in guarded or not _is_wall(policies.get(table, [])):
            yield f"row security of {table}"


def _is_wall(policies: list[tuple[str, ...]]) -> bool:
    if len(policies) != 1:
        return False
    name, seen, stored = policies[0]
    return name == "wall" and seen == stored and "trunnion.organisation" in seen


def _strange_policies(cursor: Any) -> list[str]:
    # Policies are added up: one more would open what ours keeps shut.
    cursor.execute("SELECT tablename, policyname FROM pg_policies WHERE policyname <> 'wall'")
    ours = _guarded_tables()
    return [f'DROP POLICY "{name}" ON "{table}"' for table, name in cursor.fetchall() if table in ours]


def _guarded_tables() -> set[str]:
    return {m._meta.db_table for m in scoped_models()} | set(KERNEL_TABLES)


def field_of(name: str) -> str:
    """The column that a wall guards; empty where there is no such wall."""
    bare = name.removesuffix("_i").removesuffix("_u")
    return next((f.attname for m, f, _ in references() if _name(m, f) in (name, bare)), "")


def _name(model: type[Row], field: Any) -> str:
    # PostgreSQL cuts names at 63 bytes; two references must not end up with the same wall.
    return _short(f"wall_{model._meta.db_table}_{field.column}")


def _short(full: str) -> str:
    return full if len(full) <= 60 else f"{full[:51]}_{hashlib.sha256(full.encode()).hexdigest()[:8]}"


def _postgresql(existing: set[str]) -> Iterator[str]:
    targets = {t._meta.db_table for _, _, t in references()}
    for table in sorted(targets & existing):
        yield f'CREATE UNIQUE INDEX IF NOT EXISTS "wall_key_{table}" ON "{table}" (organisation_id, id)'
    for model, field, target in references():
        table, name = model._meta.db_table, _name(model, field)
        if table not in existing or target._meta.db_table not in existing:
            continue
        yield (
            f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = '{name}') THEN"
            f' ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY (organisation_id, "{field.column}")'
            f' REFERENCES "{target._meta.db_table}" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED; END IF; END $$'
        )
    for table in sorted(_guarded_tables() & existing):
        own = "organisation_id = nullif(current_setting('trunnion.organisation', true), '')::uuid"
        yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
        yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'
        yield f'DROP POLICY IF EXISTS wall ON "{table}"'
        yield f'CREATE POLICY wall ON "{table}" USING ({own}) WITH CHECK ({own})'
    yield (
        "CREATE INDEX IF NOT EXISTS kernel_searchtext_words ON kernel_searchtext"
        " USING gin (to_tsvector('simple', words))"
    )


def _triggers(existing: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for model, field, target in references():
        table, column, name = model._meta.db_table, field.column, _name(model, field)
        if table not in existing or target._meta.db_table not in existing:
            continue
        itself = f'NEW."{column}" <> NEW.id AND ' if target is model else ""
        foreign = (
            f'WHEN NEW."{column}" IS NOT NULL AND {itself}NOT EXISTS (SELECT 1 FROM "{target._meta.db_table}"'
            f' WHERE id = NEW."{column}" AND organisation_id = NEW.organisation_id)'
            f" BEGIN SELECT RAISE(ABORT, 'reference into another organisation: {name}'); END"
        )
        when = f'BEFORE UPDATE OF "{column}", organisation_id ON "{table}"'
        found[f"{name}_i"] = f'CREATE TRIGGER "{name}_i" BEFORE INSERT ON "{table}" {foreign}'
        found[f"{name}_u"] = f'CREATE TRIGGER "{name}_u" {when} {foreign}'
    for model in scoped_models():
        table, name = model._meta.db_table, _short(f"wall_{model._meta.db_table}_own")
        if table in existing:
            found[name] = (
                f'CREATE TRIGGER "{name}" BEFORE UPDATE OF organisation_id ON "{table}"'
                " WHEN NEW.organisation_id IS NOT OLD.organisation_id"
                f" BEGIN SELECT RAISE(ABORT, 'row into another organisation: {name}'); END"
            )
    return found | (_SEARCH_TRIGGERS if "kernel_searchtext" in existing else {})


# The index reads its text from the table itself and is kept in step by the database.
_SEARCH_TABLE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS kernel_searchtext_fts USING fts5("
    "words, content='kernel_searchtext', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')"
)
_FORGET = "INSERT INTO kernel_searchtext_fts(kernel_searchtext_fts, rowid, words) VALUES ('delete', OLD.id, OLD.words);"
_LEARN = "INSERT INTO kernel_searchtext_fts(rowid, words) VALUES (NEW.id, NEW.words);"
_SEARCH_TRIGGERS = {
    "search_i": f"CREATE TRIGGER search_i AFTER INSERT ON kernel_searchtext BEGIN {_LEARN} END",
    "search_d": f"CREATE TRIGGER search_d AFTER DELETE ON kernel_searchtext BEGIN {_FORGET} END",
    "search_u": f"CREATE TRIGGER search_u AFTER UPDATE ON kernel_searchtext BEGIN {_FORGET} {_LEARN} END",
}
