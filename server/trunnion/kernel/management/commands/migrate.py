"""Django's command, which leaves the walls standing also where a migration fails."""

from typing import Any

from django.core.management.commands import migrate
from django.db import DatabaseError

from trunnion.kernel import walls


class Command(migrate.Command):
    """Brings the tables up to date; what was taken down for it is put back whatever comes of it."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs the migrations."""
        try:
            super().handle(*args, **options)
        except BaseException as fault:
            try:
                walls.mend()
            except DatabaseError as other:
                # What went wrong first is what must be told.
                fault.add_note(f"the walls could not be put back: {other}")
            raise
