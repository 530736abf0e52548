"""Routes of integrations."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

from trunnion.attach.commands import file
from trunnion.attach.queries import content_of
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.policies import get
from trunnion.kernel.web.answers import answer
from trunnion.kernel.web.request import context_of
from trunnion.kernel.web.routes import Room, check

from . import queries
from .commands import cobie, import_run
from .models import ImportRun
from .types import ImportKind

room = Room("integrations")
CREATE = "integrations.import.create"
_TRUE = frozenset({"true", "1", "on", "yes"})


def upload(request: HttpRequest) -> HttpResponse:
    """Takes the multipart field `file` in as an import (`kind`, `strict` beside it) and begins to look it through."""
    ctx = context_of(request)
    check(ctx, CREATE)
    sent = request.FILES.getlist("file")
    if len(sent) != 1 or sent[0].name is None:
        raise Invalid.field("/file", "import.file_expected")
    kind = request.POST.get("kind", ImportKind.COBIE)
    if kind not in set(ImportKind):
        raise Invalid.field("/kind", "field.enum", expected=", ".join(ImportKind))
    strict = request.POST.get("strict", "").casefold() in _TRUE
    stored = file.store(ctx.with_(key=None), sent[0].name, sent[0].chunks())
    made = import_run.create(ctx, file_id=stored.id, kind=ImportKind(kind), strict=strict)
    return answer(import_run.check(ctx.with_(key=None), import_id=made.id), 202)


def errors(request: HttpRequest, import_id: UUID) -> HttpResponseBase:
    """The rows that were set aside, as a workbook that says why and can be corrected and taken in again."""
    ctx = context_of(request)
    check(ctx, queries.READ)
    with reading(ctx.organisation_id):
        run = get(ctx, ImportRun, import_id)
        if run.error_file_id is None:
            raise Refusal("import.no_error_file")
        content = content_of(ctx, run.error_file_id)
    return FileResponse(
        content.path.open("rb"), as_attachment=True, filename=content.name, content_type=content.media_type
    )


room.listing("/imports", queries.IMPORTS)
room.listing("/findings", queries.FINDINGS)
room.plain("POST", "/imports", upload, CREATE)
room.detail("/imports/{import_id}", queries.get_import, queries.READ)
room.plain("GET", "/imports/{uuid:import_id}/errors", errors, queries.READ)
room.verb("/imports/{import_id}/check", import_run.check)
room.verb("/imports/{import_id}/apply", import_run.apply)
room.verb("/imports/{import_id}/cancel", import_run.cancel)
room.detail("/cobie/facilities", cobie.facilities, cobie.EXPORT)
room.verb("/cobie/export", cobie.export)
