"""Routes of knowledge."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from trunnion.kernel.database import reading
from trunnion.kernel.web.answers import asked_language
from trunnion.kernel.web.contents import hand
from trunnion.kernel.web.request import context_of
from trunnion.kernel.web.routes import Room, check

from . import commands, queries
from .procedures import queries as procedures
from .procedures.commands import procedure, version


def steps_table(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """The steps of a version as a table that a spreadsheet opens."""
    ctx = context_of(request)
    check(ctx, procedures.READ)
    with reading(ctx.organisation_id):
        name, table = procedures.get_table(ctx, version_id, asked_language(request))
    return hand(table.encode(), name, "text/csv; charset=utf-8")


room = Room("knowledge")
room.listing("/failure_codes", queries.FAILURE_CODES)
room.detail("/failure_codes/offered", queries.all_failure_codes, queries.READ)
room.verb("/failure_codes/seed", commands.seed)
room.verb("/failure_codes/create", commands.create)
room.detail("/failure_codes/{failure_code_id}", queries.get_failure_code, queries.READ, has_history=True)
room.edit("/failure_codes/{failure_code_id}", commands.edit)
room.verb("/failure_codes/{failure_code_id}/archive", commands.archive)
room.verb("/failure_codes/{failure_code_id}/restore", commands.restore)
room.listing("/procedures", procedures.PROCEDURES)
room.verb("/procedures/create", procedure.create)
room.verb("/procedures/bring_in", procedure.bring_in)
room.detail("/procedures/{procedure_id}", procedures.get_procedure, procedures.READ)
room.edit("/procedures/{procedure_id}", procedure.edit)
room.detail("/procedure_versions/{version_id}/portable", procedures.get_portable, procedures.READ)
room.plain("GET", "/procedure_versions/{uuid:version_id}/steps.csv", steps_table, procedures.READ)
room.verb("/procedure_versions/{version_id}/write", version.write)
room.verb("/procedure_versions/{version_id}/submit", version.submit)
room.verb("/procedure_versions/{version_id}/approve", version.approve)
room.verb("/procedure_versions/{version_id}/send_back", version.send_back)
room.verb("/procedure_versions/{version_id}/revise", version.revise)
room.verb("/procedure_versions/{version_id}/retire", version.retire)
