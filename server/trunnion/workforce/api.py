"""Routes of workforce."""

from trunnion.kernel.web.routes import Room

from . import queries
from .commands import labour_resource, rate, team

room = Room("workforce")
room.listing("/labour_resources", queries.LABOUR_RESOURCES)
room.verb("/labour_resources/create", labour_resource.create)
room.detail("/labour_resources/{resource_id}", queries.get_labour_resource, queries.READ)
room.edit("/labour_resources/{resource_id}", labour_resource.edit)
room.verb("/labour_resources/{resource_id}/deactivate", labour_resource.deactivate)
room.verb("/labour_resources/{resource_id}/reactivate", labour_resource.reactivate)
room.verb("/rates/set", rate.set_)
room.verb("/rates/{rate_id}/withdraw", rate.withdraw)
room.listing("/teams", queries.TEAMS)
room.verb("/teams/create", team.create)
room.detail("/teams/{team_id}", queries.get_team, queries.READ_TEAMS)
room.edit("/teams/{team_id}", team.edit)
room.verb("/teams/{team_id}/add_member", team.add_member)
room.verb("/teams/{team_id}/remove_member", team.remove_member)
