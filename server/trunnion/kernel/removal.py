"""Takes an organisation away whole: every row that bears its id, the journal and the index included."""

from uuid import UUID

from django.apps import apps
from django.db import connection, transaction

from .database import writing
from .journal import enter_organisation


def remove_rows(organisation_id: UUID) -> dict[str, int]:
    """Deletes the organisation's rows in one transaction; returns how many of each table. There is no way back."""
    counts: dict[str, int] = {}
    key = organisation_id if connection.vendor == "postgresql" else organisation_id.hex
    with writing(), transaction.atomic(), connection.cursor() as cursor:
        enter_organisation(organisation_id)
        # References are checked at the end of the transaction, so the order of the tables does not matter.
        for model in apps.get_models():
            if any(f.column == "organisation_id" for f in model._meta.local_concrete_fields):
                table = model._meta.db_table
                cursor.execute(f'DELETE FROM "{table}" WHERE organisation_id = %s', [key])
                counts[table] = cursor.rowcount
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT relname FROM pg_class WHERE relkind = 'S' AND relname LIKE %s",
                [f"number\\_{organisation_id.hex}\\_%"],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP SEQUENCE "{name}"')
    return counts
