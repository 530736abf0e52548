"""Routes of the playground."""

from trunnion.kernel.web.routes import Room

from . import commands, queries

room = Room("playground")
room.listing("/things", queries.THINGS)
room.listing("/makers", queries.MAKERS)
room.verb("/makers/create", commands.create_maker)
room.verb("/things/create", commands.create)
room.verb("/things/build", commands.build)
room.detail("/things/{thing_id}", queries.get_thing, "playground.thing.read")
room.edit("/things/{thing_id}", commands.edit)
room.verb("/things/{thing_id}/use", commands.use)
room.verb("/things/{thing_id}/drop", commands.drop)
room.verb("/things/{thing_id}/find", commands.find)
room.verb("/things/{thing_id}/polish", commands.polish)
room.verb("/things/{thing_id}/remove", commands.remove)
room.verb("/things/{thing_id}/turn", commands.turn)
room.verb("/things/{thing_id}/lock", commands.lock)
