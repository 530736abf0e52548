"""With the first wall off, the database itself keeps organisations apart; each wall is missed when it is gone."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models.signals import post_migrate, pre_migrate

from trunnion.kernel import walls
from trunnion.kernel.database import reading
from trunnion.kernel.errors import ForeignReference
from trunnion.kernel.ids import uuid7
from trunnion.kernel.integrity import refusal_of
from trunnion.kernel.journal import enter_organisation

from .builders import person, thing
from .playground import commands
from .playground.models import Thing

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="row security is PostgreSQL's")


def run(statement: str, *values: object) -> int:
    """Runs a statement behind the ORM's back, in a savepoint; the deferred checks come at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            statement, [v.hex if hasattr(v, "hex") and connection.vendor == "sqlite" else v for v in values]
        )
        return cursor.rowcount


def ask(statement: str, *values: object) -> list:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def switch(organisation_id=None) -> None:
    """Another organisation, or none, behind everything's back."""
    ask(
        "SELECT set_config('trunnion.organisation', %s, true)",
        "" if organisation_id is None else str(organisation_id),
    )


def test_all_walls_stand(db):
    assert walls.missing() == []


def test_a_foreign_reference_is_refused_by_the_database_itself(here, there):
    foreign = commands.create_maker(there, "Theirs")
    mine = thing(here)
    enter_organisation(here.organisation_id)
    update = "UPDATE playground_thing SET maker_id = %s WHERE id = %s"
    with pytest.raises(IntegrityError) as refused:
        run(update, foreign.id, mine.id)
    assert refusal_of(refused.value).errors[0].pointer == "/maker_id"
    insert = (
        "INSERT INTO playground_turn (id, version, created_at, changed_at, organisation_id, thing_id, amount)"
        " SELECT %s, 1, created_at, created_at, organisation_id, %s, 1 FROM playground_thing WHERE id = %s"
    )
    assert run(insert, uuid7(), mine.id, mine.id) == 1
    theirs = thing(there)
    enter_organisation(here.organisation_id)
    with pytest.raises(IntegrityError) as refused:
        run(insert, uuid7(), theirs.id, mine.id)
    assert isinstance(refusal_of(refused.value), ForeignReference)


def test_a_row_cannot_be_moved_to_another_organisation(here, there):
    parent = thing(here)
    thing(here, "bolt", parent_id=parent.id)
    lonely = thing(here, "fan")
    for row in (parent, lonely):
        with pytest.raises(DatabaseError):
            run(
                "UPDATE playground_thing SET organisation_id = %s WHERE id = %s",
                there.organisation_id,
                row.id,
            )


@on_postgresql
def test_row_security_hides_other_organisations(here, there):
    thing(here)
    commands.turn(here, thing(here).id, Decimal(1))
    switch(there.organisation_id)
    tables = ("playground_thing", "playground_turn", "kernel_entry", "kernel_payload", "kernel_searchtext")
    for table in tables:
        assert ask(f"SELECT count(*) FROM {table}") == [(0,)], table
    assert run("UPDATE playground_thing SET name = 'stolen'") == 0
    assert run("DELETE FROM playground_thing") == 0
    switch(here.organisation_id)
    for table in tables:
        assert ask(f"SELECT count(*) FROM {table}")[0][0] > 0, table


@on_postgresql
def test_without_an_organisation_there_are_no_rows(here):
    thing(here)
    switch(None)
    assert ask("SELECT count(*) FROM playground_thing") == [(0,)]
    assert Thing.objects.of(here).count() == 0
    assert run("UPDATE playground_thing SET name = 'stolen'") == 0
    switch(here.organisation_id)
    assert ask("SELECT name FROM playground_thing") == [("pump",)]


@on_postgresql
@pytest.mark.parametrize("whose", ["another", "none"])
def test_row_security_refuses_to_store_for_others(here, there, whose):
    row = thing(here)
    switch(there.organisation_id if whose == "another" else None)
    with pytest.raises(DatabaseError, match="row-level security"):
        run(
            "INSERT INTO playground_maker (id, version, created_at, changed_at, organisation_id, name)"
            " VALUES (%s, 1, now(), now(), %s, 'smuggled')",
            uuid7(),
            here.organisation_id,
        )
    assert row.id


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_an_organisation_is_set_for_one_transaction_only():
    ctx = person()
    thing(ctx)
    assert Thing.objects.of(ctx).count() == 0
    with reading(ctx.organisation_id):
        assert Thing.objects.of(ctx).count() == 1
    assert Thing.objects.of(ctx).count() == 0


WALLS_DOWN = {
    "sqlite": [
        "DROP TRIGGER wall_playground_thing_maker_id_u",
        "DROP TRIGGER wall_playground_turn_thing_id_i",
        "DROP TRIGGER wall_playground_thing_own",
    ],
    "postgresql": [
        "ALTER TABLE playground_thing DROP CONSTRAINT wall_playground_thing_maker_id",
        "ALTER TABLE playground_thing DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE playground_thing NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY wall ON playground_thing",
        "ALTER POLICY wall ON playground_thing USING (true)",
        "ALTER POLICY wall ON kernel_payload WITH CHECK (true)",
        "CREATE POLICY door ON playground_thing USING (true)",
    ],
}


@pytest.mark.parametrize("statement", WALLS_DOWN[connection.vendor])
def test_a_wall_that_is_gone_is_missed_and_can_be_built_again(db, statement):
    ask_nothing = connection.cursor()
    ask_nothing.execute(statement)
    assert len(walls.missing()) == 1, walls.missing()
    walls.install()
    assert walls.missing() == []


def test_long_names_never_share_a_wall():
    names = [walls._name(model, field) for model, field, _ in walls.references()]
    assert len(names) == len(set(names))
    assert all(len(name) <= 60 for name in names)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite remakes tables")
@pytest.mark.django_db(transaction=True)
def test_a_table_that_others_point_at_can_be_migrated():
    added = models.CharField(max_length=5, default="new")
    added.set_attributes_from_name("added")
    with pytest.raises(DatabaseError), connection.schema_editor() as editor:
        editor.add_field(Thing, added)
    pre_migrate.send(sender=apps.get_app_config("kernel"), plan=[])
    assert walls.missing() == []
    pre_migrate.send(sender=apps.get_app_config("kernel"), plan=["a migration"])
    assert walls.missing()
    try:
        with connection.schema_editor() as editor:
            editor.add_field(Thing, added)
            editor.remove_field(Thing, added)
    finally:
        post_migrate.send(sender=apps.get_app_config("kernel"))
    assert walls.missing() == []


FAILING = """
from django.db import migrations, models


def fail(apps, schema_editor):
    raise ValueError("no way on")


class Migration(migrations.Migration):
    dependencies = [("knowledge", "{last}")]
    operations = [
        migrations.AddField("FailureCode", "added", models.CharField(max_length=5, default="")),
        migrations.RunPython(fail),
    ]
"""


def failing(folder, monkeypatch, settings) -> None:
    """A room's migrations with one behind them that fails half-way."""
    package = folder / "failing_migrations"
    shutil.copytree(Path(apps.get_app_config("knowledge").path) / "migrations", package)
    last = max(path.stem for path in package.glob("0*.py"))
    (package / "9999_fails.py").write_text(FAILING.format(last=last))
    monkeypatch.syspath_prepend(folder)
    settings.MIGRATION_MODULES = {"knowledge": "failing_migrations"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.real_database
def test_the_walls_stand_again_where_a_migration_fails(tmp_path, monkeypatch, settings):
    failing(tmp_path, monkeypatch, settings)
    with pytest.raises(ValueError, match="no way on"):
        call_command("migrate", interactive=False, verbosity=0)
    assert walls.missing() == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite takes walls down")
@pytest.mark.django_db(transaction=True)
def test_walls_of_tables_that_are_gone_further_are_left_out():
    """A wall that names a column which is not there would refuse every row of its table."""
    field = Thing._meta.get_field("maker")
    pre_migrate.send(sender=apps.get_app_config("kernel"), plan=["a migration"])
    try:
        with connection.schema_editor() as editor:
            editor.remove_field(Thing, field)
        walls.mend()
        gone = walls.missing()
        assert gone
        assert all("playground_thing_maker" in name for name in gone)
        ask("EXPLAIN INSERT INTO playground_thing DEFAULT VALUES")
    finally:
        pre_migrate.send(sender=apps.get_app_config("kernel"), plan=["a migration"])
        with connection.schema_editor() as editor:
            editor.add_field(Thing, field)
        post_migrate.send(sender=apps.get_app_config("kernel"))
    assert walls.missing() == []
