"""How many orders an organisation wants to have in a state at most."""

from django.db import models
from django.db.models import Q

from trunnion.kernel.tables import Row


class BoardLimit(Row):
    """So many orders at most should stand in one column of the board; more are shown as such, and never refused."""

    kind = "work.board_limit"

    state = models.CharField(max_length=12)
    most = models.PositiveSmallIntegerField()

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "state"], name="board_limit_state"),
            models.CheckConstraint(condition=Q(most__gte=1), name="board_limit_least"),
        ]
