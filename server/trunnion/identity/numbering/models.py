"""The table of numbering."""

from django.db import models

from trunnion.kernel.patterns import LONGEST, Restart
from trunnion.kernel.tables import KeyField, Row


class Numbering(Row):
    """How an organisation writes the numbers of one series, where it is not the usual way."""

    kind = "identity.numbering"

    series = KeyField(max_length=20)
    pattern = models.CharField(max_length=LONGEST)
    restarts = models.CharField(max_length=10, default=Restart.NEVER)

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "series"], name="numbering_series")]
