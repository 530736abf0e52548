"""Verbs on parties."""

from collections.abc import Iterable
from typing import Annotated, Any
from uuid import UUID

from django.db.models import F
from pydantic import Field, StringConstraints

from trunnion.identity.types import Done
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import Ensured, Tally
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Code, Line, Name, Prose
from trunnion.kernel.numbers import free_numbers, series_of
from trunnion.kernel.policies import refer, take
from trunnion.kernel.unit import emit
from trunnion.parties.events import PartyArchived, PartyCreated, PartyRenamed, PartyRestored
from trunnion.parties.models import Party
from trunnion.parties.rules import match_name
from trunnion.parties.states import PARTY
from trunnion.parties.types import PartyLine, PartyRole

SERIES = series_of("P", Party.kind)
Roles = Annotated[list[PartyRole], Field(min_length=1, max_length=4)]
Mail = Annotated[Line, StringConstraints(pattern=r"^([^@\s]+@[^@\s]+)?$")]
Web = Annotated[Line, StringConstraints(pattern=r"^(https?://\S+|[^\s:/]+\.[^\s:]+)?$")]
TaxId = Annotated[Line, StringConstraints(max_length=60)]
Lines = Annotated[list[PartyLine], Field(max_length=100_000)]
_STATED = ("short_name", "phone", "email", "web", "tax_id", "service_level", "notes")


@command("parties.party.create")
def create(
    ctx: Context, name: Name, roles: Roles, number: Code | None = None, short_name: Line = "", tax_id: TaxId = "",
    phone: Line = "", email: Mail = "", web: Web = "", parent_id: UUID | None = None, service_level: Prose = "",
    notes: Prose = "",
) -> Done:  # fmt: skip
    """Makes a party known; without a number it gets the next one."""
    party = Party(
        number=number or _free_numbers(ctx, 1)[0], name=name, match_name=match_name(name), short_name=short_name,
        tax_id=tax_id, phone=phone, email=email, web=web, parent_id=parent_id, service_level=service_level,
        notes=notes, **flags(roles),
    )  # fmt: skip
    _check_parent(ctx, party)
    party.save()
    emit(PartyCreated(party_id=party.id, number=party.number, name=party.name))
    return Done(party.id, party.version)


@command("parties.party.edit")
def edit(
    ctx: Context, party_id: UUID, name: Name = UNSET, roles: Roles = UNSET, short_name: Line = UNSET,
    tax_id: TaxId = UNSET, phone: Line = UNSET, email: Mail = UNSET, web: Web = UNSET,
    parent_id: UUID | None = UNSET, service_level: Prose = UNSET, notes: Prose = UNSET,
) -> Done:  # fmt: skip
    """Changes a party's plain facts; what is not given stays."""
    party = take(ctx, Party, party_id)
    PARTY.target("edit", party.state)
    before = party.name
    changes = given(
        name=name, short_name=short_name, tax_id=tax_id, phone=phone, email=email, web=web, parent_id=parent_id,
        service_level=service_level, notes=notes,
    )  # fmt: skip
    for field, value in (changes | (flags(roles) if roles is not UNSET else {})).items():
        setattr(party, field, value)
    party.match_name = match_name(party.name)
    if parent_id is not UNSET:
        _check_parent(ctx, party)
    party.save()
    if party.name != before:
        emit(PartyRenamed(party_ids=[party.id]))
    return Done(party.id, party.version)


@command("parties.party.archive")
def archive(ctx: Context, party_id: UUID) -> Done:
    """Takes a party out of choice; everything about it stays."""
    party = take(ctx, Party, party_id)
    party.state = PARTY.target("archive", party.state)
    party.save()
    emit(PartyArchived(party_id=party.id))
    return Done(party.id, party.version)


@command("parties.party.restore")
def restore(ctx: Context, party_id: UUID) -> Done:
    """Puts an archived party back into choice."""
    party = take(ctx, Party, party_id)
    party.state = PARTY.target("restore", party.state)
    party.save()
    emit(PartyRestored(party_id=party.id))
    return Done(party.id, party.version)


@command("parties.party.ensure_many")
def ensure_many(ctx: Context, lines: Lines) -> Ensured:
    """Makes sure that parties exist: each is found by its id, else by its name; roles are added, never taken."""
    known = _known(ctx, lines)
    tally = Tally()
    for index, line in enumerate(lines):
        key: Any = line.id or ((line.name, index) if line.is_new else match_name(line.name))
        if key not in known:
            if line.id:
                raise Invalid.field(f"/lines/{index}/id", "reference_unknown", kind=Party.kind)
            known[key] = Party(name=line.name, match_name=match_name(line.name), number=line.number or "")
        before, party = known[key].name, known[key]
        tally.put(party, _facts(line))
        if party.name != before:
            emit(PartyRenamed(party_ids=[party.id]))
    made = {row.id: row for row in known.values() if row.id in tally.made}.values()
    nameless = [row for row in made if not row.number]
    chosen = [row.number for row in made if row.number]
    _check_numbers(ctx, lines, set(chosen))
    for party, number in zip(nameless, _free_numbers(ctx, len(nameless), chosen), strict=True):
        party.number = number
    for party in made:
        emit(PartyCreated(party_id=party.id, number=party.number, name=party.name))
    tally.write()
    return tally.ensured()


def flags(roles: Any) -> dict[str, bool]:
    """The columns that hold a set of roles."""
    return {f"is_{role}": role in roles for role in PartyRole}


def _check_numbers(ctx: Context, lines: list[PartyLine], chosen: set[str], step: int = 500) -> None:
    """Refuses a number that a party has already, be it one that this actor does not see."""
    listed, taken = list(chosen), set[str]()
    for i in range(0, len(listed), step):
        rows = Party.objects.of(ctx).filter(number__in=listed[i : i + step])
        taken |= set(rows.values_list("number", flat=True))
    for index, line in enumerate(lines):
        if line.number in taken and not line.id:
            raise Invalid.field(f"/lines/{index}/number", "party_number_taken", number=line.number)


def _free_numbers(ctx: Context, count: int, besides: Iterable[str] = ()) -> list[str]:
    def taken(numbers: list[str]) -> Iterable[str]:
        rows = Party.objects.of(ctx).filter(number__in=numbers)
        return {*rows.values_list("number", flat=True), *besides}

    return free_numbers(ctx, SERIES, count, taken)


def _facts(line: PartyLine) -> dict[str, Any]:
    facts: dict[str, Any] = {f"is_{role}": True for role in line.roles}
    facts |= {field: getattr(line, field) for field in _STATED if getattr(line, field)}
    return facts | ({"name": line.name, "match_name": match_name(line.name)} if line.id else {})


def _known(ctx: Context, lines: list[PartyLine], step: int = 500) -> dict[Any, Party]:
    names = list({match_name(line.name) for line in lines if not line.id and not line.is_new})
    ids = list({line.id for line in lines if line.id})
    found: dict[Any, Party] = {}
    for i in range(0, len(names), step):
        # Where two parties share a name, the older one is meant.
        # What was merged is found by its name still, and means the one that it went into.
        rows = Party.objects.of(ctx).filter(match_name__in=names[i : i + step]).select_related("merged_into")
        for party in rows.order_by(F("merged_at").asc(nulls_last=True), "-id"):
            found[party.match_name] = party.merged_into or party
    for i in range(0, len(ids), step):
        found.update({party.id: party for party in Party.objects.of(ctx).filter(id__in=ids[i : i + step])})
    return found


def _check_parent(ctx: Context, party: Party) -> None:
    refer(ctx, Party.kind, party.parent_id, "/parent_id")
    above, seen = party.parent_id, {party.id}
    while above is not None:
        if above in seen:
            raise Invalid.field("/parent_id", "party_circle")
        seen.add(above)
        above = Party.objects.of(ctx).filter(id=above).values_list("parent_id", flat=True).first()
