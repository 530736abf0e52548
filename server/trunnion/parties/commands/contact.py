"""Verbs on contacts."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.identity.types import Done
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import Ensured, Tally
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Line, Name, Prose
from trunnion.kernel.policies import get, refer, take
from trunnion.kernel.unit import about
from trunnion.parties.models import Contact, Party
from trunnion.parties.types import ContactLine

from .party import Mail

Lines = Annotated[list[ContactLine], Field(max_length=100_000)]


@command("parties.contact.add")
def add(
    ctx: Context, party_id: UUID, name: Name, role: Line = "", department: Line = "", phone: Line = "",
    email: Mail = "", is_primary: bool = False, notes: Prose = "",
) -> Done:  # fmt: skip
    """Adds a person at a party; the first one is the primary contact."""
    about(Party.kind, party_id)
    party = get(ctx, Party, party_id)
    others = Contact.objects.of(ctx).filter(party_id=party.id, is_primary=True)
    if is_primary:
        _no_longer_primary(others)
    contact = Contact(
        party=party, name=name, role=role, department=department, phone=phone, email=email, notes=notes,
        is_primary=is_primary or not others.exists(),
    )  # fmt: skip
    contact.save()
    return Done(contact.id, contact.version)


@command("parties.contact.edit")
def edit(
    ctx: Context, contact_id: UUID, name: Name = UNSET, role: Line = UNSET, department: Line = UNSET,
    phone: Line = UNSET, email: Mail = UNSET, is_primary: bool = UNSET, notes: Prose = UNSET,
) -> Done:  # fmt: skip
    """Changes a contact; making it the primary one takes that from the other."""
    contact = take(ctx, Contact, contact_id)
    about(Party.kind, contact.party_id)
    if is_primary is True and not contact.is_primary:
        _no_longer_primary(Contact.objects.of(ctx).filter(party_id=contact.party_id, is_primary=True))
    changes = given(
        name=name,
        role=role,
        department=department,
        phone=phone,
        email=email,
        is_primary=is_primary,
        notes=notes,
    )
    for field, value in changes.items():
        setattr(contact, field, value)
    contact.save()
    return Done(contact.id, contact.version)


@command("parties.contact.remove")
def remove(ctx: Context, contact_id: UUID) -> None:
    """Removes a contact from its party."""
    contact = take(ctx, Contact, contact_id)
    about(Party.kind, contact.party_id)
    contact.delete()


@command("parties.contact.ensure_many")
def ensure_many(ctx: Context, lines: Lines) -> Ensured:
    """Makes sure that contacts exist: each is found by its id, else by e-mail address, else by name at its party."""
    known = _known(ctx, lines)
    tally = Tally()
    for index, line in enumerate(lines):
        key = line.id or _key(line.party_id, line.email, line.name)
        if key not in known:
            if line.id:
                raise Invalid.field(f"/lines/{index}/id", "reference_unknown", kind=Contact.kind)
            refer(ctx, Party.kind, line.party_id, f"/lines/{index}/party_id")
            known[key] = Contact(party_id=line.party_id)
        stated = {f: getattr(line, f) for f in ("role", "department", "phone", "email") if getattr(line, f)}
        tally.put(known[key], {"name": line.name, **stated})
    tally.write()
    return tally.ensured()


def _key(party_id: UUID, email: str, name: str) -> Any:
    return (party_id, email.casefold()) if email else (party_id, "", name)


def _known(ctx: Context, lines: list[ContactLine], step: int = 500) -> dict[Any, Contact]:
    ids = list({line.party_id for line in lines})
    found: dict[Any, Contact] = {}
    for i in range(0, len(ids), step):
        for contact in Contact.objects.of(ctx).filter(party_id__in=ids[i : i + step]).order_by("-id"):
            found[contact.id] = contact
            found[_key(contact.party_id, contact.email, contact.name)] = contact
    own = [line.id for line in lines if line.id and line.id not in found]
    for i in range(0, len(own), step):
        found.update({c.id: c for c in Contact.objects.of(ctx).filter(id__in=own[i : i + step])})
    return found


def _no_longer_primary(rows: Any) -> None:
    for row in rows:
        row.is_primary = False
        row.save()
