"""Says when an order is late."""


def is_overdue(due_at, now):
    return due_at < now
