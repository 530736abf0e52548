"""Tables of labels: templates, printers with their offset, and what was printed."""

from django.db import models

from trunnion.kernel.fields import ExactField, KeyField, reference
from trunnion.kernel.tables import Row


class LabelTemplate(Row):
    """What stands where on which stock, for one kind of record."""

    kind = "attach.label_template"
    search_fields = ("name",)
    sort_keys = {"name_key": "name"}

    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    subject_kind = KeyField(max_length=60)
    medium = models.CharField(max_length=10)
    stock = models.JSONField()
    content = models.JSONField()
    language = models.CharField(max_length=10)
    logo = reference("attach.File", null=True)

    class Meta(Row.Meta):
        indexes = [models.Index(fields=["organisation_id", "name_key", "id"], name="label_template_name")]


class LabelPrinter(Row):
    """A printer, and how far right of and below the right place it prints; negative is left of and above."""

    kind = "attach.label_printer"
    search_fields = ("name",)
    sort_keys = {"name_key": "name"}

    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    offset_x_mm = ExactField(default=0)
    offset_y_mm = ExactField(default=0)

    class Meta(Row.Meta):
        indexes = [models.Index(fields=["organisation_id", "name_key", "id"], name="label_printer_name")]


class LabelPrint(Row):
    """One print: a copy of everything that it was made by, so that it can be made again."""

    kind = "attach.label_print"

    subject_kind = models.CharField(max_length=60)
    subject_ids = models.JSONField()
    template_name = models.CharField(max_length=200)
    printer_name = models.CharField(max_length=200, blank=True)
    medium = models.CharField(max_length=10)
    stock = models.JSONField()
    content = models.JSONField()
    language = models.CharField(max_length=10)
    logo = reference("attach.File", null=True)
    offset_x_mm = ExactField(default=0)
    offset_y_mm = ExactField(default=0)
    start = models.PositiveIntegerField()
    copies = models.PositiveIntegerField()
    form = models.CharField(max_length=10)
    labels = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()
    job_id = models.UUIDField(null=True)
    printed_by_id = models.UUIDField(null=True)
    printed_by_name = models.CharField(max_length=200, blank=True)
    printed_at = models.DateTimeField()

    class Meta(Row.Meta):
        indexes = [
            models.Index(fields=["organisation_id", "printed_at", "id"], name="label_print_at"),
            models.Index(fields=["organisation_id", "printed_by_id"], name="label_print_by"),
        ]
