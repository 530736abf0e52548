"""Routes of integrations."""

from collections.abc import Iterable
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from trunnion.attach.commands import contents, file
from trunnion.attach.queries import content_of
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.policies import get
from trunnion.kernel.web.answers import answer
from trunnion.kernel.web.request import context_of
from trunnion.kernel.web.routes import Room, check

from . import queries
from .commands import cobie, formats, import_run, table, undo
from .geojson import api as features
from .models import ImportRun
from .moving import commands as moving
from .moving.emptiness import check_empty
from .tabular import beginning, preview
from .tabular.measured import MOST_BYTES
from .tabular.types import Layout
from .types import ImportKind

room = Room("integrations")
CREATE = "integrations.import.create"
# Larger ones come in by the command line.
MOST_PACKAGE = 8 * 1024**3
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TRUE = frozenset({"true", "1", "on", "yes"})


def upload(request: HttpRequest) -> HttpResponse:
    """Takes the multipart field `file` in as an import (`kind`, `strict` beside it) and begins to look it through.

    A table says what its rows become (`target`), may say how it is read (`sheet`, `header_row`, `encoding`,
    `delimiter`), and may come as pasted cells in the field `text` instead of a file.
    """
    ctx = context_of(request)
    check(ctx, CREATE)
    kind = request.POST.get("kind", ImportKind.COBIE)
    if kind not in set(ImportKind):
        raise Invalid.field("/kind", "field.enum", expected=", ".join(ImportKind))
    target = request.POST.get("target", "")
    if kind == ImportKind.TABLE:
        preview.check_target(target)
    name, chunks = _sent(request, ImportKind(kind))
    strict = request.POST.get("strict", "").casefold() in _TRUE
    layout = _layout(request)
    stored = file.store(ctx.with_(key=None), name, chunks)
    made = import_run.create(
        ctx, file_id=stored.id, kind=ImportKind(kind), strict=strict, target=target, layout=layout
    )
    return answer(import_run.check(ctx.with_(key=None), import_id=made.id), 202)


def bring(request: HttpRequest) -> HttpResponse:
    """Takes the multipart field `file`, an exported organisation, and queues its coming in; for a new installation."""
    ctx = context_of(request)
    check(ctx, moving.IMPORT)
    # Said before the file is kept, for it may be large.
    check_empty(ctx)
    sent = request.FILES.getlist("file")
    if len(sent) != 1:
        raise Invalid.field("/file", "import.file_expected")
    return answer(moving.import_(ctx, package=contents.take_in(sent[0].chunks(), MOST_PACKAGE)), 202)


def _sent(request: HttpRequest, kind: ImportKind) -> tuple[str, Iterable[bytes]]:
    """Name and content of what was sent: one file, or pasted cells."""
    text = request.POST.get("text", "")
    if kind == ImportKind.TABLE and text:
        return "pasted.tsv", [text.encode()]
    sent = request.FILES.getlist("file")
    if len(sent) != 1 or sent[0].name is None:
        raise Invalid.field("/file", "import.file_expected")
    if kind == ImportKind.TABLE and (sent[0].size or 0) > MOST_BYTES:
        raise Invalid.field("/file", "table.too_large", bytes=sent[0].size, most=MOST_BYTES)
    return sent[0].name, sent[0].chunks()


def _layout(request: HttpRequest) -> Layout:
    row = request.POST.get("header_row", "")
    if row and not (row.isdigit() and 1 <= int(row) <= 100_000):
        raise Invalid.field("/header_row", "field.int_parsing")
    given = {name: request.POST.get(name) or None for name in ("sheet", "encoding", "delimiter")}
    return Layout(header_row=int(row) if row else None, **given)


def errors(request: HttpRequest, import_id: UUID) -> HttpResponseBase:
    """The rows that were set aside, as a workbook that says why and can be corrected and taken in again."""
    ctx = context_of(request)
    check(ctx, queries.READ)
    with reading(ctx.organisation_id):
        run = get(ctx, ImportRun, import_id)
        if run.import_kind == ImportKind.TABLE:
            return _bad_rows(ctx, run)
        if run.error_file_id is None:
            raise Refusal("import.no_error_file")
        content = content_of(ctx, run.error_file_id)
    return FileResponse(
        content.path.open("rb"), as_attachment=True, filename=content.name, content_type=content.media_type
    )


def _bad_rows(ctx: Context, run: ImportRun) -> HttpResponseBase:
    name, content = preview.error_file(ctx, run)
    answered = HttpResponse(content, content_type=XLSX)
    answered["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answered


room.listing("/imports", queries.IMPORTS)
room.listing("/findings", queries.FINDINGS)
room.plain("POST", "/imports", upload, CREATE)
room.detail("/imports/{import_id}", queries.get_import, queries.READ)
room.plain("GET", "/imports/{uuid:import_id}/errors", errors, queries.READ)
room.verb("/imports/{import_id}/check", import_run.check)
room.verb("/imports/{import_id}/apply", import_run.apply)
room.verb("/imports/{import_id}/cancel", import_run.cancel)
room.verb("/imports/{import_id}/map", table.map_)
room.verb("/imports/{import_id}/amend", table.amend)
room.verb("/imports/{import_id}/undo", undo.undo)
room.detail("/imports/{import_id}/rows", preview.get_rows, queries.READ)
room.detail("/imports/{import_id}/beginning", beginning.get_beginning, queries.READ)
room.detail("/imports/{import_id}/mapping", preview.get_mapping, queries.READ)
room.detail("/targets", preview.get_targets, queries.READ)
room.listing("/mappings", queries.MAPPINGS)
room.verb("/mappings/{mapping_id}/remove", table.remove_mapping)
room.detail("/cobie/facilities", cobie.facilities, cobie.EXPORT)
room.verb("/cobie/export", cobie.export)
room.verb("/geojson/export", formats.export_geojson)
room.verb("/haystack/export", formats.export_haystack)
room.verb("/brick/export", formats.export_brick)
features.mount(room)
room.verb("/organisation/export", moving.export)
room.plain("POST", "/organisation/import", bring, moving.IMPORT)
