"""Routes of automation."""

from trunnion.kernel.web.routes import Room

from .notices import commands, queries

room = Room("automation")

room.listing("/notices", queries.NOTICES)
room.detail("/notices/unread", queries.count_unread, queries.READ)
room.detail("/notices/wishes", queries.get_wishes, queries.READ)
room.verb("/notices/read", commands.mark_read)
room.verb("/notices/{notice_id}/unread", commands.mark_unread)
room.verb("/notices/mute", commands.mute)
room.verb("/notices/unmute/{mute_id}", commands.unmute)
room.verb("/notices/choose", commands.choose)
