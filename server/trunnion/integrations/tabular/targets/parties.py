"""Rows that become parties, their contacts and their sites."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from trunnion.integrations.tabular.declare import Field, Kind, Target, Values, Writing, target
from trunnion.integrations.tabular.types import Reason
from trunnion.kernel.context import Context
from trunnion.parties.commands import contact, party, site
from trunnion.parties.types import ContactLine, PartyLine, PartyRole, SiteLine

from .lookups import ANY_PARTY

_FLAGS = tuple(f"is_{role.value}" for role in PartyRole)


def _write_parties(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    lines = []
    for row in rows:
        facts = {"name": row.before.get("name", ""), **row.values}
        flagged = [role for role in PartyRole if facts.pop(f"is_{role.value}", False)]
        roles = tuple(flagged) if flagged or row.id else (PartyRole.CUSTOMER,)
        lines.append(PartyLine(id=row.id, roles=roles, is_new=row.id is None, **facts))
    return party.ensure_many(ctx, lines).ids


def _write_contacts(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    return contact.ensure_many(ctx, [ContactLine(id=row.id, **_whole(row)) for row in rows]).ids


def _write_sites(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    return site.ensure_many(ctx, [SiteLine(id=row.id, **_whole(row)) for row in rows]).ids


def _whole(row: Writing) -> Values:
    kept: Values = {name: row.before[name] for name in ("name", "party_id") if name in row.before}
    return {**kept, **row.values}


def _judge_mail(values: Values, _: bool) -> Iterator[Reason]:
    text = values.get("email")
    if text and (text.count("@") != 1 or " " in text or text.startswith("@") or text.endswith("@")):
        yield Reason(None, "email", "table.not_an_address", {"text": text})


def _plain(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name) for name in names)


PARTIES = target(Target(
    name="parties", kind="parties.party", permission="parties.party.ensure_many", listing="parties.parties",
    keys=("number", "tax_id", "name"), write=_write_parties, judge=_judge_mail,
    fields=(
        Field("number", Kind.CODE, most=40, unique=True, only_new=True), Field("name", required=True, most=200),
        Field("role", Kind.CHOICE, choices=PartyRole, words="choice.parties.party.role", path="",
              flag="is_{}"),
        *(Field(name, Kind.BOOLEAN, adds_only=True) for name in _FLAGS),
        *_plain("short_name", "phone", "email", "web"), Field("tax_id", most=60, unique=True),
        Field("service_level", most=20_000), Field("notes", most=20_000),
    ),
))  # fmt: skip
CONTACTS = target(Target(
    name="contacts", kind="parties.contact", permission="parties.contact.ensure_many", listing="parties.contacts",
    keys=("email", "name"), within="party_id", write=_write_contacts, judge=_judge_mail,
    fields=(
        Field("party_id", Kind.REFERENCE, required=True, lookup=ANY_PARTY), Field("name", required=True, most=200),
        *_plain("role", "department", "phone", "email"),
    ),
))  # fmt: skip
SITES = target(Target(
    name="sites", kind="parties.site", permission="parties.site.ensure_many", listing="parties.sites",
    keys=("code", "name"), within="party_id", write=_write_sites,
    fields=(
        Field("party_id", Kind.REFERENCE, required=True, lookup=ANY_PARTY), Field("name", required=True, most=200),
        Field("code", Kind.CODE, most=60, unique=True),
        *_plain("country", "region", "city", "district", "street"), Field("postal_code", most=60),
        Field("zone", most=60), Field("notes", most=20_000),
    ),
))  # fmt: skip
