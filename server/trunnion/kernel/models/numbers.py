"""The counters behind the numbers that people see, where the database has no sequences."""

from django.db import models


class Counter(models.Model):
    """The last number given out in a series of an organisation."""

    id = models.BigAutoField(primary_key=True)
    organisation_id = models.UUIDField()
    series = models.CharField(max_length=40)
    last = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation_id", "series"], name="counter_series")]
