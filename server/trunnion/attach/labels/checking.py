"""What a template and a print must be, before anything is stored: each fault with its field."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any
from uuid import UUID

from trunnion.attach.models import File
from trunnion.kernel.context import Context
from trunnion.kernel.encoding import plain
from trunnion.kernel.errors import FieldError, Invalid
from trunnion.kernel.policies import visible

from .registry import SUBJECTS, Subject
from .rules.stock import faults_of_content, faults_of_sheet
from .types import Content, Roll, Sheet

PICTURES = ("image/png", "image/jpeg", "image/webp")


def subject_of(kind: str, pointer: str = "/kind") -> Subject:
    """What is known of a kind; raises Invalid for one without labels."""
    if kind not in SUBJECTS:
        raise Invalid.field(pointer, "label.kind_unknown", known=sorted(SUBJECTS))
    return SUBJECTS[kind]


def one_stock(sheet: Sheet | None, roll: Roll | None) -> Sheet | Roll:
    """The one stock that was said; raises Invalid for none and for both."""
    if (sheet is None) == (roll is None):
        raise Invalid.field("/sheet", "label.sheet_or_roll")
    return sheet or roll  # type: ignore[return-value]


def check(subject: Subject, stock: Sheet | Roll, content: Content, *, has_logo: bool) -> None:
    """Refuses what cannot be printed, with every fault at once."""
    faults = [*_faults(subject, stock, content)]
    if content.logo_mm and not has_logo:
        faults.append(FieldError("/logo_file_id", "label.logo_missing"))
    if faults:
        raise Invalid("invalid_input", errors=faults)


def _faults(subject: Subject, stock: Sheet | Roll, content: Content) -> Iterator[FieldError]:
    if isinstance(stock, Sheet):
        yield from faults_of_sheet(stock)
    yield from faults_of_content(stock, content)
    if not content.code_mm and not content.fields:
        yield FieldError("/content/fields", "label.empty")
    for index, field in enumerate(content.fields):
        if field.name not in subject.fields:
            known = {"name": field.name, "known": list(subject.fields)}
            yield FieldError(f"/content/fields/{index}/name", "label.field_unknown", known)


def logo_of(ctx: Context, file_id: UUID | None) -> File | None:
    """The picture that was named; raises Invalid where it is none or not to be seen."""
    if file_id is None:
        return None
    found: File | None = visible(ctx, File).filter(id=file_id).first()
    if found is None:
        raise Invalid.field("/logo_file_id", "reference_unknown", kind="attach.file")
    if found.media_type not in PICTURES:
        raise Invalid.field("/logo_file_id", "label.logo_no_picture", known=["PNG", "JPEG", "WebP"])
    return found


def stored(value: Any) -> dict[str, Any]:
    """A stock or a content as it is kept."""
    told: dict[str, Any] = plain(asdict(value))
    return told
