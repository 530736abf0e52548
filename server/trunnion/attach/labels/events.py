"""Facts of labels."""

from uuid import UUID

from trunnion.kernel.events import Event


class LabelsPrinted(Event, name="attach.label.printed"):
    """Labels were printed for records of a kind."""

    print_id: UUID
    kind: str
    labels: int
