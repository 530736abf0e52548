"""Reads of labels: the lists, what can be chosen, the page to measure a printer by, and a print as a file."""

from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from trunnion.attach import storage
from trunnion.attach.models import File
from trunnion.kernel.context import Context
from trunnion.kernel.encoding import plain
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.listing.columns import Column, Listing, Type
from trunnion.kernel.policies import get
from trunnion.kernel.words import LANGUAGES, say

from .models import LabelPrint, LabelPrinter, LabelTemplate
from .pages import Run, calibration, pdf_of, quietly
from .presets import content_from, shipped, stock_from
from .registry import SUBJECTS, Facts, Subject, labelled
from .rules.layout import Naming
from .symbol import symbol_of
from .types import Form, LabelFacts, LabelLanguage, Medium, Page, Sheet
from .zpl import zpl_of

__all__ = ["Facts", "LabelFacts", "Subject", "labelled", "symbol_of"]

READ_TEMPLATES = "attach.label_template.read"
READ_PRINTERS = "attach.label_printer.read"
READ_PRINTS = "attach.label_print.read"
_NAMED = (Column("id", Type.ID, path="id"), Column("name", path="name", sort="name_key"))
TEMPLATES = Listing(
    name="attach.label_templates",
    model=LabelTemplate,
    permission=READ_TEMPLATES,
    order="name",
    columns=(
        *_NAMED,
        Column("kind", path="subject_kind"),
        Column("medium", Type.CHOICE, path="medium", choices=Medium, words="choice.attach.label_template.medium"),
        Column(
            "language", Type.CHOICE, path="language", choices=LabelLanguage,
            words="choice.attach.label_template.language",
        ),
    ),
)  # fmt: skip
PRINTERS = Listing(
    name="attach.label_printers",
    model=LabelPrinter,
    permission=READ_PRINTERS,
    order="name",
    columns=(
        *_NAMED,
        Column("offset_x_mm", Type.DECIMAL, path="offset_x_mm"),
        Column("offset_y_mm", Type.DECIMAL, path="offset_y_mm"),
    ),
)
PRINTS = Listing(
    name="attach.label_prints",
    model=LabelPrint,
    permission=READ_PRINTS,
    order="-printed_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("printed_at", Type.INSTANT, path="printed_at", sort="printed_at"),
        Column("kind", path="subject_kind"),
        Column("template_name", path="template_name"),
        Column("printer_name", path="printer_name"),
        Column("form", Type.CHOICE, path="form", choices=Form, words="choice.attach.label_print.form"),
        Column("labels", Type.NUMBER, path="labels", summed=True),
        Column("pages", Type.NUMBER, path="pages", summed=True),
        Column("job_id", Type.ID, path="job_id", hidden=True),
    ),
)


def get_template(ctx: Context, template_id: UUID) -> dict[str, Any]:
    """A template with its stock and what stands on a label."""
    row = get(ctx, LabelTemplate, template_id)
    is_sheet = row.medium == Medium.SHEET
    return {
        "id": row.id, "version": row.version, "kind": row.subject_kind, "name": row.name, "medium": row.medium,
        "sheet": row.stock if is_sheet else None, "roll": None if is_sheet else row.stock, "content": row.content,
        "language": row.language, "logo_file_id": row.logo_id,
    }  # fmt: skip


def get_printer(ctx: Context, printer_id: UUID) -> dict[str, Any]:
    """A printer and its offset."""
    row = get(ctx, LabelPrinter, printer_id)
    return {n: getattr(row, n) for n in ("id", "version", "name", "offset_x_mm", "offset_y_mm")}


def get_choices(ctx: Context) -> dict[str, Any]:
    """What labels can be printed for with which fields, and the shipped templates."""
    return {
        "kinds": [
            {
                "kind": s.kind,
                "fields": [{"name": f, "words_key": f"label.{s.kind}.{f}"} for f in s.fields],
            }
            for s in SUBJECTS.values()
        ],
        "presets": [
            {
                "key": p.key, "name": p.names[ctx.language],
                "medium": Medium.SHEET if isinstance(p.stock, Sheet) else Medium.ROLL,
                "stock": plain(asdict(p.stock)), "content": plain(asdict(p.content_for(_ALL))),
            }
            for p in shipped().values()
        ],
    }  # fmt: skip


_ALL = ("name", "model", "serial", "place")


class Printed(msgspec.Struct, frozen=True):
    """A print as a file."""

    content: bytes
    name: str
    media_type: str


class Drawing(msgspec.Struct, frozen=True):
    """Everything that a print is drawn from: what follows needs no database any more."""

    run: Run
    labels: list[LabelFacts]
    naming: Naming
    form: Form
    name: str


def get_drawing(ctx: Context, print_id: UUID, most: int | None = None) -> Drawing:
    """What a print of one's own is made of now, with the rights that one has now."""
    row = get(ctx, LabelPrint, print_id)
    if most is not None and row.labels > most:
        raise Refusal("label.made_by_job", job_id=row.job_id, labels=row.labels)
    ids = [UUID(i) for i in row.subject_ids]
    facts = SUBJECTS[row.subject_kind].facts(ctx, ids)
    run = Run(
        stock_from(row.stock), content_from(row.content), row.start, row.copies, row.offset_x_mm, row.offset_y_mm,
        _logo(ctx, row.logo_id), f"{row.template_name} {row.printed_at:%Y-%m-%d}",
    )  # fmt: skip
    naming = naming_of(row.subject_kind, LabelLanguage(row.language))
    ending = "pdf" if row.form == Form.PDF else "zpl"
    name = f"labels-{row.printed_at:%Y%m%d-%H%M%S}.{ending}"
    return Drawing(run, [facts[i] for i in ids if i in facts], naming, Form(row.form), name)


def draw(drawing: Drawing, told: Any = quietly) -> Printed:
    """The file of a print."""
    make, kind = (
        (pdf_of, "application/pdf") if drawing.form == Form.PDF else (zpl_of, "text/plain; charset=utf-8")
    )
    return Printed(make(drawing.run, drawing.labels, drawing.naming, told), drawing.name, kind)


_SPOKEN: dict[LabelLanguage, tuple[str, ...]] = {
    LabelLanguage.ENGLISH: ("en",), LabelLanguage.CHINESE: ("zh-CN",), LabelLanguage.BOTH: LANGUAGES,
}  # fmt: skip


def naming_of(kind: str, language: LabelLanguage) -> Naming:
    """What fields are called on a label; in both languages where that was asked for."""
    spoken = _SPOKEN[language]

    def named(field: str) -> str:
        words = [say(f"label.{kind}.{field}", one) for one in reversed(spoken)]
        return " ".join(dict.fromkeys(words)) + ("：" if spoken == ("zh-CN",) else ":")

    return named


def get_calibration(ctx: Context, printer_id: UUID, page: str, template_id: UUID | None) -> Printed:
    """The page to measure a printer by, with the offset that it has; a template's labels are outlined on it."""
    printer = get(ctx, LabelPrinter, printer_id)
    stock = None
    if template_id is not None:
        kept = stock_from(get(ctx, LabelTemplate, template_id).stock)
        stock = kept if isinstance(kept, Sheet) else None
    if page not in list(Page):
        raise Invalid.field("/page", "label.page_unknown", known=list(Page))
    offset = (Decimal(printer.offset_x_mm), Decimal(printer.offset_y_mm))
    facts = {"name": printer.name, "x": f"{offset[0]:f}", "y": f"{offset[1]:f}"}
    words = {
        "title": say("label.calibration.title", ctx.language, **facts),
        "lines": [say(f"label.calibration.step_{n}", ctx.language, **facts) for n in (1, 2, 3, 4)],
    }
    made = calibration(stock.page if stock else Page(page), offset, words, stock)
    return Printed(made, f"calibration-{page}.pdf", "application/pdf")


def _logo(ctx: Context, file_id: UUID | None) -> Path | None:
    if file_id is None:
        return None
    # The mark of the house stands on labels that are for everybody's eyes.
    row = File.objects.of(ctx).get(id=file_id)
    path = storage.path_of(row.sha256)
    return path if path.exists() else None
