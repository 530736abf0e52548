"""The walls between organisations inside the database itself, generated from the models after every migrate.

PostgreSQL gets composite foreign keys and forced row security; SQLite gets triggers (its table remake drops them, so
they are installed anew and verified each time).
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from .tables import Row

# Kernel tables that hold an organisation's content and so stand behind row security as well.
KERNEL_TABLES = ("kernel_entry", "kernel_payload", "kernel_rowchange", "kernel_replay", "kernel_searchtext")


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
    statements = _postgresql(existing) if connection.vendor == "postgresql" else _sqlite(existing)
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def missing() -> list[str]:
    """The walls that ought to stand and do not."""
    wanted = {_name(m, f) for m, f, _ in references()}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT conname FROM pg_constraint WHERE conname LIKE 'wall_%'")
            present = {row[0] for row in cursor.fetchall()}
            cursor.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity")
            guarded = {row[0] for row in cursor.fetchall()}
            tables = {m._meta.db_table for m in scoped_models()} | set(KERNEL_TABLES)
            return sorted(wanted - present) + sorted(f"row security of {t}" for t in tables - guarded)
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'wall_%'")
        present = {row[0] for row in cursor.fetchall()}
    return sorted(n for n in wanted if f"{n}_i" not in present or f"{n}_u" not in present)


def field_of(name: str) -> str:
    """The column that a wall guards; empty where there is no such wall."""
    bare = name.removesuffix("_i").removesuffix("_u")
    return next((f.attname for m, f, _ in references() if _name(m, f) in (name, bare)), "")


def _name(model: type[Row], field: Any) -> str:
    # PostgreSQL cuts names at 63 bytes; two references must not end up with the same wall.
    full = f"wall_{model._meta.db_table}_{field.column}"
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
    tables = {m._meta.db_table for m in scoped_models()} | set(KERNEL_TABLES)
    for table in sorted(tables & existing):
        own = "organisation_id = nullif(current_setting('trunnion.organisation', true), '')::uuid"
        yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
        yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'
        yield f'DROP POLICY IF EXISTS wall ON "{table}"'
        yield f'CREATE POLICY wall ON "{table}" USING ({own}) WITH CHECK ({own})'
    yield (
        "CREATE INDEX IF NOT EXISTS kernel_searchtext_words ON kernel_searchtext"
        " USING gin (to_tsvector('simple', words))"
    )


def _sqlite(existing: set[str]) -> Iterator[str]:
    for model, field, target in references():
        table, column, name = model._meta.db_table, field.column, _name(model, field)
        if table not in existing or target._meta.db_table not in existing:
            continue
        foreign = (
            # A row that points at itself is not there yet when the trigger looks.
            f'WHEN NEW."{column}" IS NOT NULL AND NEW."{column}" <> NEW.id'
            f' AND NOT EXISTS (SELECT 1 FROM "{target._meta.db_table}"'
            f' WHERE id = NEW."{column}" AND organisation_id = NEW.organisation_id)'
            f" BEGIN SELECT RAISE(ABORT, 'reference into another organisation: {name}'); END"
        )
        yield f'DROP TRIGGER IF EXISTS "{name}_i"'
        yield f'CREATE TRIGGER "{name}_i" BEFORE INSERT ON "{table}" {foreign}'
        yield f'DROP TRIGGER IF EXISTS "{name}_u"'
        yield f'CREATE TRIGGER "{name}_u" BEFORE UPDATE OF "{column}", organisation_id ON "{table}" {foreign}'
    if "kernel_searchtext" in existing:
        yield from _SQLITE_SEARCH


# The index reads its text from the table itself and is kept in step by the database.
_SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS kernel_searchtext_fts USING fts5("
    "words, content='kernel_searchtext', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')",
    "DROP TRIGGER IF EXISTS search_i",
    "CREATE TRIGGER search_i AFTER INSERT ON kernel_searchtext BEGIN"
    " INSERT INTO kernel_searchtext_fts(rowid, words) VALUES (NEW.id, NEW.words); END",
    "DROP TRIGGER IF EXISTS search_d",
    "CREATE TRIGGER search_d AFTER DELETE ON kernel_searchtext BEGIN"
    " INSERT INTO kernel_searchtext_fts(kernel_searchtext_fts, rowid, words) VALUES ('delete', OLD.id, OLD.words); END",
    "DROP TRIGGER IF EXISTS search_u",
    "CREATE TRIGGER search_u AFTER UPDATE ON kernel_searchtext BEGIN"
    " INSERT INTO kernel_searchtext_fts(kernel_searchtext_fts, rowid, words) VALUES ('delete', OLD.id, OLD.words);"
    " INSERT INTO kernel_searchtext_fts(rowid, words) VALUES (NEW.id, NEW.words); END",
)
