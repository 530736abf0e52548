"""Reads of parties: their lists, one party whole, likely duplicates, and what other rooms need to know."""

from typing import Any
from uuid import UUID

from rapidfuzz import process

from trunnion.attach.queries import attributes_of, comments_of, files_of, references_of, tags_of
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.listing.columns import Column, Listing, Type
from trunnion.kernel.policies import get, visible

from . import handover as handover  # noqa: PLC0414  (public through here)
from .models import Contact, CustomerSite, Party, PartyRelation
from .rules import likeness, match_name
from .states import PARTY, PartyState
from .types import Likely, PartyCard, PartyRole, SiteCard

ALIKE = 86
_ROLES = tuple(f"is_{role}" for role in PartyRole)
_CARD = ("id", "number", "name", "short_name", "state", "phone", "email", *_ROLES)

PARTIES = Listing(
    name="parties.parties",
    model=Party,
    permission="parties.party.read",
    order="name",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("number", path="number", sort="number"),
        Column("name", path="name", sort="name_key"),
        Column("short_name", path="short_name"),
        Column("is_customer", Type.BOOLEAN, path="is_customer"),
        Column("is_supplier", Type.BOOLEAN, path="is_supplier"),
        Column("is_manufacturer", Type.BOOLEAN, path="is_manufacturer"),
        Column("is_contractor", Type.BOOLEAN, path="is_contractor"),
        Column("state", Type.CHOICE, path="state", choices=PartyState, words="state.parties.party"),
        Column("tax_id", path="tax_id"),
        Column("phone", path="phone"),
        Column("email", path="email"),
        Column("web", path="web", hidden=True),
        Column("parent_id", Type.REFERENCE, path="parent_id", refers_to="parties.party", hidden=True),
        Column("parent_name", path="parent__name"),
        Column("created_at", Type.INSTANT, path="created_at", sort="created_at"),
    ),
)
CONTACTS = Listing(
    name="parties.contacts",
    model=Contact,
    permission="parties.contact.read",
    order="name",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("name", path="name", sort="name_key"),
        Column("party_id", Type.REFERENCE, path="party_id", refers_to="parties.party", hidden=True),
        Column("party_name", path="party__name"),
        Column("role", path="role"),
        Column("department", path="department"),
        Column("phone", path="phone"),
        Column("email", path="email"),
        Column("is_primary", Type.BOOLEAN, path="is_primary"),
    ),
)
SITES = Listing(
    name="parties.sites",
    model=CustomerSite,
    permission="parties.site.read",
    order="name",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("name", path="name", sort="name_key"),
        Column("code", path="code"),
        Column("party_id", Type.REFERENCE, path="party_id", refers_to="parties.party", hidden=True),
        Column("party_name", path="party__name"),
        Column("country", path="country"),
        Column("region", path="region"),
        Column("city", path="city"),
        Column("district", path="district"),
        Column("street", path="street"),
        Column("postal_code", path="postal_code"),
        Column("lon", Type.DECIMAL, path="lon"),
        Column("lat", Type.DECIMAL, path="lat"),
        Column("zone", path="zone"),
    ),
)


def get_party(ctx: Context, party_id: UUID) -> dict[str, Any]:
    """A party with its contacts, sites, relations, files, comments and whatever else sticks to it."""
    party = get(ctx, Party, party_id)
    parent = Party.objects.of(ctx).filter(id=party.parent_id).values_list("name", flat=True).first()
    return {
        "id": party.id, "version": party.version, "number": party.number, "name": party.name,
        "short_name": party.short_name, "roles": [r for r in PartyRole if getattr(party, f"is_{r}")],
        "state": party.state, "tax_id": party.tax_id, "phone": party.phone, "email": party.email, "web": party.web,
        "parent_id": party.parent_id, "parent_name": parent, "service_level": party.service_level,
        "notes": party.notes, "created_at": party.created_at, "changed_at": party.changed_at,
        "merged_into_id": party.merged_into_id, "merged": _merged(ctx, party_id),
        "contacts": _contacts(ctx, party_id), "sites": _sites(ctx, party_id), "relations": _relations(ctx, party_id),
        "branches": _branches(ctx, party_id),
        "files": files_of(ctx, Party.kind, party_id), "comments": comments_of(ctx, Party.kind, party_id),
        "attributes": attributes_of(ctx, Party.kind, party_id), "tags": tags_of(ctx, Party.kind, party_id),
        "references": references_of(ctx, Party.kind, party_id), "actions": _actions(ctx, party),
    }  # fmt: skip


def _merged(ctx: Context, party_id: UUID) -> list[Any]:
    """What was merged into a party, and can be taken out again."""
    rows = Party.objects.of(ctx).filter(merged_into_id=party_id).order_by("merged_at")
    return list(rows.values("id", "number", "name", "merged_at"))


def _actions(ctx: Context, party: Party) -> list[str]:
    if party.merged_into_id is not None:
        return ["unmerge"] if ctx.may("parties.party.unmerge") else []
    return [*PARTY.actions(ctx, party.state), *(["merge"] if ctx.may("parties.party.merge") else [])]


def _contacts(ctx: Context, party_id: UUID) -> list[Any]:
    fields = ("id", "version", "name", "role", "department", "phone", "email", "is_primary", "notes")
    return list(
        Contact.objects.of(ctx).filter(party_id=party_id).order_by("-is_primary", "name_key").values(*fields)
    )


def _sites(ctx: Context, party_id: UUID) -> list[Any]:
    fields = (
        "id", "version", "name", "code", "country", "region", "city", "district", "street", "postal_code", "lon",
        "lat", "given_lon", "given_lat", "given_system", "provider", "zone", "notes",
    )  # fmt: skip
    return list(CustomerSite.objects.of(ctx).filter(party_id=party_id).order_by("name_key").values(*fields))


def _branches(ctx: Context, party_id: UUID) -> list[Any]:
    return list(
        visible(ctx, Party).filter(parent_id=party_id).order_by("name_key").values("id", "number", "name")
    )


def _relations(ctx: Context, party_id: UUID) -> list[Any]:
    rows = PartyRelation.objects.of(ctx)
    own = rows.filter(party_id=party_id).values_list("id", "relation", "other_id", "other__name")
    towards = rows.filter(other_id=party_id).values_list("id", "relation", "party_id", "party__name")
    return [
        {"id": i, "relation": kind, "party_id": other, "party_name": name, "is_own": is_own}
        for is_own, found in ((True, own), (False, towards))
        for i, kind, other, name in found
    ]


def find_likely(ctx: Context, name: str, limit: int = 5) -> dict[str, Any]:
    """Parties whose names are so alike that they may be the one asked about, the likeliest first."""
    if not name.strip() or len(name) > 200:
        raise Invalid.field(
            "/name", "field.string_too_short" if not name.strip() else "field.string_too_long"
        )
    return {"rows": likely_duplicates(ctx, name, min(max(limit, 1), 20))}


def likely_duplicates(ctx: Context, name: str, limit: int = 5) -> list[Likely]:
    """The same as values."""
    fields = ("id", "number", "name", "match_name")
    rows = {values[0]: values for values in visible(ctx, Party).values_list(*fields)}
    keys = {i: values[3] for i, values in rows.items()}
    found = process.extract(match_name(name), keys, scorer=likeness, limit=limit, score_cutoff=ALIKE)
    return [Likely(i, rows[i][1], rows[i][2], round(score)) for _, score, i in found]


def get_party_card(ctx: Context, party_id: UUID) -> PartyCard:
    """A party as other rooms know it; raises NotVisible."""
    return _card(get(ctx, Party, party_id))


def find_parties(ctx: Context, party_ids: set[UUID]) -> dict[UUID, PartyCard]:
    """The cards of several parties of the organisation by their ids; for names beside other records."""
    rows = Party.objects.of(ctx).filter(id__in=party_ids)
    return {party.id: _card(party) for party in rows}


def find_by_name(ctx: Context, name: str) -> PartyCard | None:
    """The party of that name, whatever legal form, case and punctuation; the oldest of several."""
    rows = Party.objects.of(ctx).filter(match_name=match_name(name)).order_by("id")
    party = rows.filter(merged_into=None).first() or rows.select_related("merged_into").first()
    return _card(party.merged_into or party) if party else None


def _card(party: Party) -> PartyCard:
    roles = [str(r) for r in PartyRole if getattr(party, f"is_{r}")]
    return PartyCard(
        party.id, party.number, party.name, party.short_name, roles, party.state, party.phone, party.email
    )


def get_site_card(ctx: Context, site_id: UUID) -> SiteCard:
    """A customer's site as other rooms know it; raises NotVisible."""
    site = get(ctx, CustomerSite, site_id)
    parts = (site.street, site.district, site.city, site.region, site.postal_code, site.country)
    address = ", ".join(part for part in parts if part)
    return SiteCard(site.id, site.party_id, site.name, address, site.zone, site.lon, site.lat)
