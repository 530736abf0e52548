"""Contacts become people at parties; whoever makes, guarantees or supplies something gets the role."""

from collections.abc import Iterator
from uuid import UUID

from trunnion.integrations.cobie.inward.work import LINE, NAME, Work, cut, given, text
from trunnion.integrations.cobie.plan import Step
from trunnion.parties.commands import contact, party
from trunnion.parties.queries import find_parties
from trunnion.parties.types import ContactLine, PartyLine, PartyRole

_MAKERS = {
    "Manufacturer": PartyRole.MANUFACTURER, "WarrantyGuarantorParts": PartyRole.SUPPLIER,
    "WarrantyGuarantorLabor": PartyRole.SUPPLIER,
}  # fmt: skip


def apply(work: Work) -> None:
    """Makes sure that the parties and contacts of the file exist."""
    steps = work.pending("Contact")
    companies = [cut(_company(step), NAME) for step in steps]
    made = party.ensure_many(work.ctx, [PartyLine(name) for name in companies]).ids if steps else []
    lines = [_line(work, step, party_id) for step, party_id in zip(steps, made, strict=True)]
    ids = contact.ensure_many(work.ctx, lines).ids if steps else []
    for step, contact_id, party_id in zip(steps, ids, made, strict=True):
        work.became(step, contact_id)
        work.party_of[contact_id] = party_id
    if work.plan.stand is not None:
        for known in work.plan.stand.contacts.values():
            work.party_of.setdefault(known.id, known.party_id)
    _give_roles(work)


def party_of(work: Work, name: str | None) -> UUID | None:
    """The party behind a contact's address or a company's name."""
    contact_id = work.find("Contact", name)
    return work.party_of.get(contact_id) if contact_id else None


def _company(step: Step) -> str:
    return text(step.row, "Company") or person(step) or step.row.text("Email") or ""


def person(step: Step) -> str:
    """The person's own name."""
    return " ".join(part for column in ("GivenName", "FamilyName") if (part := text(step.row, column)))


def _line(work: Work, step: Step, party_id: UUID) -> ContactLine:
    email = step.row.text("Email") or ""
    facts = work.plan.stand.contacts.get(step.subject_id) if work.plan.stand and step.subject_id else None
    # Whoever went over to another company is a new contact there; the old one keeps its history.
    stays = facts if facts is not None and not step.has("Company") else None
    name = person(step) if stays is None or step.has("GivenName", "FamilyName") else stays.name
    return ContactLine(
        stays.party_id if stays else party_id,
        cut(name or email, NAME),
        id=stays.id if stays else None,
        email=cut(email, LINE) if "@" in email and stays is None else "",
        role=given(step, "Category") or "",
        department=given(step, "Department") or "",
        phone=given(step, "Phone") or "",
    )


def _give_roles(work: Work) -> None:
    wanted: dict[UUID, set[PartyRole]] = {}
    for name, role in _named(work):
        party_id = party_of(work, name)
        if party_id is not None:
            wanted.setdefault(party_id, set()).add(role)
    if wanted:
        names = _names_of(work, set(wanted))
        lines = [PartyLine(names[i], tuple(sorted(roles)), id=i) for i, roles in wanted.items() if i in names]
        party.ensure_many(work.ctx, lines)


def _named(work: Work) -> Iterator[tuple[str | None, PartyRole]]:
    for step in work.pending("Type"):
        for column, role in _MAKERS.items():
            if step.has(column):
                yield step.row.text(column), role
    for step in work.pending("Spare"):
        if step.has("Suppliers"):
            for name, _ in work.plan.names.split("Contact", step.row.text("Suppliers")):
                yield name, PartyRole.SUPPLIER


def _names_of(work: Work, party_ids: set[UUID]) -> dict[UUID, str]:
    return {card.id: card.name for card in find_parties(work.ctx, party_ids).values()}
