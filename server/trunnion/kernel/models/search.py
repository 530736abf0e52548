"""The full-text index: the words of every searchable row."""

from django.db import models


class SearchText(models.Model):
    """The words by which one row is found, cut at write time."""

    id = models.BigAutoField(primary_key=True)
    organisation_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    row_id = models.UUIDField()
    words = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["row_id", "kind"], name="searchtext_row")]
