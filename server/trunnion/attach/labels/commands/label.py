"""The verb that prints labels: everything is checked and kept, then drawn at once or by a job."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.attach.labels.checking import check, stored, subject_of
from trunnion.attach.labels.choosing import MOST, chosen
from trunnion.attach.labels.events import LabelsPrinted
from trunnion.attach.labels.models import LabelPrint, LabelPrinter, LabelTemplate
from trunnion.attach.labels.presets import content_from, shipped, stock_from
from trunnion.attach.labels.registry import Subject
from trunnion.attach.labels.rules.stock import pages_of, per_page
from trunnion.attach.labels.types import Form, LabelLanguage, Medium, PrintDone
from trunnion.attach.types import Kind
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Code
from trunnion.kernel.jobs import enqueue
from trunnion.kernel.policies import visible
from trunnion.kernel.unit import about, emit

# Up to so many are drawn while one waits.
AT_ONCE = 100
TASK = "attach.labels"
Ids = Annotated[list[UUID], Field(max_length=2 * MOST)]


@command("attach.label.print")
def print_(
    ctx: Context, kind: Kind, ids: Ids | None = None, filter: str | None = None, search: str | None = None,
    template_id: UUID | None = None, preset: Code | None = None, printer_id: UUID | None = None, start: int = 1,
    copies: int = 1, form: Form = Form.PDF, language: LabelLanguage | None = None,
) -> PrintDone:  # fmt: skip
    """Prints labels for records that are named or that a filter finds, by a template or a shipped one.

    `start` is the first free label of a sheet that is partly used, counted along the rows.
    """
    subject = subject_of(kind)
    made_by = _made_by(ctx, subject, template_id, preset)
    _check_run(made_by, start, copies, form)
    found = chosen(ctx, subject, ids, filter, search)
    labels = len(found) * copies
    if labels > MOST:
        raise Invalid.field("/copies" if copies > 1 else "/ids", "label.too_many", most=MOST)
    row = LabelPrint(
        subject_kind=kind, subject_ids=[str(i) for i in found], **made_by, **_offset(ctx, printer_id), start=start,
        copies=copies, form=form, labels=labels, pages=pages_of(stock_from(made_by["stock"]), labels, start),
        printed_by_id=ctx.actor_id, printed_by_name=ctx.actor_name, printed_at=clock.now(),
    )  # fmt: skip
    row.language = language or row.language
    about(LabelPrint.kind, row.id)
    subject.prepare(ctx, found)
    if labels > AT_ONCE:
        row.job_id = enqueue(ctx, TASK, print_id=row.id)
    row.save()
    emit(LabelsPrinted(print_id=row.id, kind=kind, labels=labels))
    return PrintDone(row.id, row.version, labels, row.pages, row.job_id)


def _made_by(ctx: Context, subject: Subject, template_id: UUID | None, preset: str | None) -> dict[str, Any]:
    """The facts of the template, as the print keeps them."""
    if (template_id is None) == (preset is None):
        raise Invalid.field("/template_id", "label.template_or_preset")
    if preset is not None:
        return _shipped(subject, preset, ctx.language)
    row = visible(ctx, LabelTemplate).filter(id=template_id).first()
    if row is None:
        raise Invalid.field("/template_id", "reference_unknown", kind=LabelTemplate.kind)
    unknown = [f["name"] for f in row.content["fields"] if f["name"] not in subject.fields]
    if unknown:
        raise Invalid.field(
            "/template_id", "label.field_unknown", name=unknown[0], known=list(subject.fields)
        )
    return {
        "template_name": row.name, "medium": row.medium, "stock": row.stock, "content": row.content,
        "language": row.language, "logo": row.logo,
    }  # fmt: skip


def _shipped(subject: Subject, key: str, language: str) -> dict[str, Any]:
    found = shipped().get(key)
    if found is None:
        raise Invalid.field("/preset", "label.preset_unknown", known=sorted(shipped()))
    content = found.content_for(subject.fields)
    check(subject, found.stock, content, has_logo=False)
    stock = stored(found.stock)
    return {
        "template_name": found.names[language], "medium": Medium.SHEET if "page" in stock else Medium.ROLL,
        "stock": stock, "content": stored(content), "language": LabelLanguage.BOTH, "logo": None,
    }  # fmt: skip


def _check_run(made_by: dict[str, Any], start: int, copies: int, form: Form) -> None:
    stock, content = stock_from(made_by["stock"]), content_from(made_by["content"])
    if not 1 <= start <= per_page(stock):
        raise Invalid.field("/start", "label.start_out_of_sheet", most=per_page(stock))
    if not 1 <= copies <= MOST:
        raise Invalid.field("/copies", "label.copies_out_of_range", most=MOST)
    if form == Form.ZPL and made_by["medium"] != Medium.ROLL:
        raise Invalid.field("/form", "label.zpl_needs_roll")
    if content.logo_mm and made_by["logo"] is None:
        raise Invalid.field("/template_id", "label.logo_missing")


def _offset(ctx: Context, printer_id: UUID | None) -> dict[str, Any]:
    if printer_id is None:
        return {}
    row = visible(ctx, LabelPrinter).filter(id=printer_id).first()
    if row is None:
        raise Invalid.field("/printer_id", "reference_unknown", kind=LabelPrinter.kind)
    return {"printer_name": row.name, "offset_x_mm": row.offset_x_mm, "offset_y_mm": row.offset_y_mm}
