"""The verbs that rooms ask approval for; a rule for any other verb would do nothing and is refused."""

APPROVABLE: set[str] = set()


def approvable(*verbs: str) -> None:
    """Says that a room asks before it does these verbs."""
    APPROVABLE.update(verbs)
