"""Routes of parties."""

from trunnion.kernel.web.routes import Room

from . import duplicates, queries
from .commands import contact, merging, party, relation, site

room = Room("parties")

room.listing("/parties", queries.PARTIES)
room.verb("/parties/create", party.create)
room.verb("/parties/ensure_many", party.ensure_many)
room.detail("/parties/likely", queries.find_likely, "parties.party.read")
room.detail("/parties/duplicates", duplicates.list_pairs, "parties.party.read")
room.detail("/parties/{party_id}/merge_preview", duplicates.preview, "parties.party.read")
room.verb("/parties/{party_id}/merge", merging.merge)
room.verb("/parties/{party_id}/unmerge", merging.unmerge)
room.detail("/parties/{party_id}", queries.get_party, "parties.party.read", has_history=True)
room.edit("/parties/{party_id}", party.edit)
room.verb("/parties/{party_id}/archive", party.archive)
room.verb("/parties/{party_id}/restore", party.restore)
room.listing("/contacts", queries.CONTACTS)
room.verb("/contacts/add", contact.add)
room.verb("/contacts/ensure_many", contact.ensure_many)
room.edit("/contacts/{contact_id}", contact.edit)
room.verb("/contacts/{contact_id}/remove", contact.remove)
room.listing("/sites", queries.SITES)
room.verb("/sites/add", site.add)
room.edit("/sites/{site_id}", site.edit)
room.verb("/sites/{site_id}/remove", site.remove)
room.verb("/relations/add", relation.add)
room.verb("/relations/{relation_id}/remove", relation.remove)
