"""Says when an order is late."""

from trunnion.kernel import clock


def is_overdue(due_at):
    return due_at < clock.now()  # bad
