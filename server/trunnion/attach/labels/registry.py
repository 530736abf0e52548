"""What can be printed on labels: each room says it of its kinds, and gives the facts of many records at once."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from trunnion.kernel.context import Context

from .types import LabelFacts

Facts = Callable[[Context, list[UUID]], dict[UUID, LabelFacts]]


def _nothing(_ctx: Context, _ids: list[UUID]) -> None:
    """Most records need nothing before they are printed."""


@dataclass(frozen=True)
class Subject:
    """A kind that labels are printed for. `facts` answers for visible records only; `fields` may stand on a label.

    `permission` is what reading the records takes. `listing` is the list whose filter chooses them, put in order by
    `order`. `prepare` runs in the print's transaction before anything is drawn: it gives codes to those without one.
    """

    kind: str
    permission: str
    fields: tuple[str, ...]
    facts: Facts
    order: str = "id"
    listing: str = ""
    prepare: Callable[[Context, list[UUID]], None] = _nothing


SUBJECTS: dict[str, Subject] = {}


def labelled(subject: Subject) -> None:
    """Makes labels of a kind possible; every field needs the words `label.<kind>.<field>`."""
    SUBJECTS[subject.kind] = subject
