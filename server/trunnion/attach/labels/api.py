"""Routes of labels, added to those of attach."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from trunnion.kernel.database import reading
from trunnion.kernel.web.contents import hand
from trunnion.kernel.web.request import context_of
from trunnion.kernel.web.routes import Room, check

from . import queries
from .commands import label, printer, template
from .queries import READ_PRINTERS, READ_PRINTS, READ_TEMPLATES
from .types import Page


def print_file(request: HttpRequest, print_id: UUID) -> HttpResponse:
    """The file of a print; that of a large one is made by its job."""
    ctx = context_of(request)
    check(ctx, READ_PRINTS)
    with reading(ctx.organisation_id):
        drawing = queries.get_drawing(ctx, print_id, label.AT_ONCE)
    made = queries.draw(drawing)
    return hand(made.content, made.name, made.media_type)


def calibration(request: HttpRequest, printer_id: UUID) -> HttpResponse:
    """A page to measure the printer by, with the offset that it has now."""
    ctx = context_of(request)
    check(ctx, READ_PRINTERS)
    asked = request.GET.get("template_id", "")
    with reading(ctx.organisation_id):
        made = queries.get_calibration(
            ctx, printer_id, request.GET.get("page", Page.A4), UUID(asked) if _is_id(asked) else None
        )
    return hand(made.content, made.name, made.media_type)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def mount(room: Room) -> None:
    """Adds the routes to the room."""
    room.listing("/label_templates", queries.TEMPLATES)
    room.detail("/label_templates/choices", queries.get_choices, READ_TEMPLATES)
    room.verb("/label_templates/create", template.create)
    room.detail("/label_templates/{template_id}", queries.get_template, READ_TEMPLATES)
    room.edit("/label_templates/{template_id}", template.edit)
    room.verb("/label_templates/{template_id}/remove", template.remove)
    room.listing("/label_printers", queries.PRINTERS)
    room.verb("/label_printers/create", printer.create)
    room.detail("/label_printers/{printer_id}", queries.get_printer, READ_PRINTERS)
    room.edit("/label_printers/{printer_id}", printer.edit)
    room.verb("/label_printers/{printer_id}/remove", printer.remove)
    room.plain("GET", "/label_printers/{uuid:printer_id}/calibration", calibration, READ_PRINTERS)
    room.verb("/labels/print", label.print_)
    room.listing("/label_prints", queries.PRINTS)
    room.plain("GET", "/label_prints/{uuid:print_id}/file", print_file, READ_PRINTS)
