"""Routes of knowledge."""

from trunnion.kernel.web.routes import Room

from . import commands, queries

room = Room("knowledge")
room.listing("/failure_codes", queries.FAILURE_CODES)
room.detail("/failure_codes/offered", queries.all_failure_codes, queries.READ)
room.verb("/failure_codes/seed", commands.seed)
room.verb("/failure_codes/create", commands.create)
room.detail("/failure_codes/{failure_code_id}", queries.get_failure_code, queries.READ)
room.edit("/failure_codes/{failure_code_id}", commands.edit)
room.verb("/failure_codes/{failure_code_id}/archive", commands.archive)
room.verb("/failure_codes/{failure_code_id}/restore", commands.restore)
