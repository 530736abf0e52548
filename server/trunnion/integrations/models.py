"""Tables of integrations: imports with their rows and findings, kept mappings, what an outside source last said."""

from django.db import models

from trunnion.kernel.fields import reference
from trunnion.kernel.tables import KeyField, Row


class ImportRun(Row):
    """One file on its way in: counted, looked through, applied as a whole."""

    kind = "integrations.import"
    search_fields = ("number", "file_name", "source_name")

    number = KeyField(max_length=20)
    import_kind = models.CharField(max_length=20)
    file = reference("attach.File")
    file_name = models.CharField(max_length=255)
    source_name = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12)
    is_strict = models.BooleanField(default=False)
    # By sheet: rows, new, changed, same, error; first as foreseen, in the end as done.
    sheets = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    findings = models.PositiveIntegerField(default=0)
    failure = models.JSONField(null=True)
    job_id = models.UUIDField(null=True)
    # The rows that were set aside, to be corrected and brought in again.
    error_file = reference("attach.File", null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    applied_at = models.DateTimeField(null=True)
    # Tables only: what its rows become, how the file is read, which column means what.
    target = models.CharField(max_length=40, blank=True)
    layout = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    # Tables only: rows left out, and what an undo has taken back and what not.
    left_out = models.PositiveIntegerField(default=0)
    undone = models.JSONField(null=True)

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "number"], name="import_number")]
        indexes = [
            models.Index(fields=["organisation_id", "created_at", "id"], name="import_created"),
            models.Index(fields=["organisation_id", "file"], name="import_file"),
        ]


class ImportFinding(Row):
    """One thing to tell about a file: where, what, and whether its row was set aside."""

    kind = "integrations.import_finding"

    run = reference("integrations.ImportRun", db_index=False)
    position = models.PositiveIntegerField()
    severity = models.CharField(max_length=10)
    sheet = models.CharField(max_length=120, blank=True)
    row = models.PositiveIntegerField(null=True)
    column = models.CharField(max_length=500, blank=True)
    code = KeyField(max_length=80)
    facts = models.JSONField(default=dict)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "run", "position"], name="finding_position")
        ]
        indexes = [models.Index(fields=["organisation_id", "position", "id"], name="finding_list")]


class ImportPage(Row):
    """Some hundred rows of a table as they were read and put right, with what becomes of each."""

    kind = "integrations.import_page"
    # The file itself is kept: its text need not stand in the journal a second time.
    hidden_fields = frozenset({"body"})

    run = reference("integrations.ImportRun", db_index=False)
    page = models.PositiveIntegerField()
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    error = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    body = models.TextField()

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "run", "page"], name="import_page")]


class ImportStep(Row):
    """One batch of an import that was written: its journal entry holds what it did, so that it can be taken back."""

    kind = "integrations.import_step"

    run = reference("integrations.ImportRun", db_index=False)
    position = models.PositiveIntegerField()
    entry_id = models.UUIDField()
    until_id = models.UUIDField()
    is_taken_back = models.BooleanField(default=False)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "run", "position"], name="import_step")
        ]


class ImportMapping(Row):
    """Which column means what, kept under a name for the next file with the same headings."""

    kind = "integrations.import_mapping"

    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    sort_keys = {"name_key": "name"}
    target = models.CharField(max_length=40)
    headings = models.CharField(max_length=64)
    body = models.JSONField(default=dict)

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "name"], name="mapping_name")]
        indexes = [
            models.Index(fields=["organisation_id", "target", "headings"], name="mapping_headings"),
            models.Index(fields=["organisation_id", "name_key", "id"], name="mapping_list"),
        ]


class Source(Row):
    """An outside collection of records that comes again and again, such as the workbook of one building."""

    kind = "integrations.source"

    scheme = KeyField(max_length=40)
    name = KeyField(max_length=300)
    building = reference("assets.Location", null=True)
    # By sheet: the columns that the format does not know.
    extra_columns = models.JSONField(default=dict)
    last_run = reference("integrations.ImportRun", null=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "scheme", "name"], name="source_name")
        ]
        indexes = [models.Index(fields=["organisation_id", "building"], name="source_building")]


class SourcePast(Row):
    """What a page of a source said before an import changed it, so that undoing the import can put it back."""

    kind = "integrations.source_past"
    hidden_fields = frozenset({"body"})

    run = reference("integrations.ImportRun", db_index=False)
    sheet = KeyField(max_length=40)
    page = models.PositiveIntegerField()
    body = models.TextField()

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "run", "sheet", "page"], name="source_past")
        ]


class SourcePage(Row):
    """Some hundred rows of a source, letter by letter as they last came in, so that they can go out again so."""

    kind = "integrations.source_page"
    # The file itself is kept, and the import names it: its text need not stand in the journal a second time.
    hidden_fields = frozenset({"body"})

    source = reference("integrations.Source", db_index=False)
    sheet = KeyField(max_length=40)
    page = models.PositiveIntegerField()
    body = models.TextField()

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "source", "sheet", "page"], name="source_page")
        ]
