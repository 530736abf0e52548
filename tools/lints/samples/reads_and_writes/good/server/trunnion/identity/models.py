"""People."""

from trunnion.kernel.tables import Global


class User(Global):
    pass
