"""Facts of integrations: what became of an import."""

from uuid import UUID

from trunnion.kernel.events import Event


class ImportCreated(Event, name="integrations.import.created"):
    """A file was taken in to be looked through."""

    import_id: UUID
    number: str


class ImportChecked(Event, name="integrations.import.checked"):
    """A file was looked through; nothing of it is applied yet."""

    import_id: UUID
    number: str
    new: int
    changed: int
    same: int
    errors: int


class ImportApplied(Event, name="integrations.import.applied"):
    """The good rows of a file were applied."""

    import_id: UUID
    number: str
    new: int
    changed: int
    same: int
    errors: int


class ImportFailed(Event, name="integrations.import.failed"):
    """A file could not be read or applied; nothing of it was."""

    import_id: UUID
    number: str
    code: str


class ImportCancelled(Event, name="integrations.import.cancelled"):
    """Somebody called an import off."""

    import_id: UUID
    number: str


class ImportUndone(Event, name="integrations.import.undone"):
    """What an import had brought was taken back, as far as nobody had touched it since."""

    import_id: UUID
    number: str
    removed: int
    kept: int
