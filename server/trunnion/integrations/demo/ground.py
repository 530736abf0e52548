"""The ground that a demo stands on: who, where, which models, teams, own fields and statutory inspections."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from trunnion.assets.commands import certificate, location_batch
from trunnion.assets.types.lines import LocationLine
from trunnion.attach.commands import custom_field, tag
from trunnion.attach.custom.types import ChoiceLine, FieldType
from trunnion.catalog.commands import model
from trunnion.catalog.queries import find_class
from trunnion.catalog.types import ModelLine
from trunnion.identity.commands import membership
from trunnion.identity.queries import context_of_member, get_member
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.parties.commands import party, site
from trunnion.parties.types import PartyLine, PartyRole, SiteLine
from trunnion.workforce.commands import labour_resource, rate, team
from trunnion.workforce.types import ResourceKind

from .plan import Place, Plan
from .types import Field, Human

ASSET = "assets.asset"


@dataclass(slots=True)
class Stage:
    """What of a plan stands in the organisation by now: each thing by the name or index that the plan knows it by."""

    plan: Plan
    owner: Context
    people: dict[str, Context] = field(default_factory=dict)
    resources: dict[str, UUID] = field(default_factory=dict)
    teams: dict[str, UUID] = field(default_factory=dict)
    parties: dict[str, UUID] = field(default_factory=dict)
    places: list[UUID] = field(default_factory=list)
    models: dict[str, UUID] = field(default_factory=dict)
    inspections: dict[str, UUID] = field(default_factory=dict)
    assets: list[UUID] = field(default_factory=list)

    @property
    def desk(self) -> Context:
        """Whoever sits at the desk."""
        return next(self.people[h.login] for h in self.plan.trade.people if h.role == "dispatcher")


def lay(stage: Stage) -> None:
    """Everything that is there before the first machine."""
    _parties(stage)
    _places(stage)
    _models(stage)
    for key, name in stage.plan.trade.teams.items():
        stage.teams[key] = team.create(stage.owner, name=name).id
    for one in stage.plan.trade.fields:
        _field(stage.owner, one)
    for name in stage.plan.trade.tags:
        tag.create(stage.owner, name=name)
    _inspections(stage)


def enter(stage: Stage, password: str) -> None:
    """The people with their logins, rates and teams, and the firms that help out."""
    first_day = clock.today(stage.plan.trade.zone) - timedelta(days=stage.plan.size.days + 5)
    for human in stage.plan.trade.people:
        if not human.large or stage.plan.size.column:
            _person(stage, human, password)
            if human.rate:
                rate.set_(
                    stage.owner, stage.resources[human.login], amount=Decimal(human.rate), from_on=first_day
                )
    for name in stage.plan.trade.contractors:
        made = labour_resource.create(
            stage.owner, name=name, kind=ResourceKind.CONTRACTOR, party_id=stage.parties[name]
        )
        stage.resources[name] = made.id


def _person(stage: Stage, human: Human, password: str) -> None:
    plan, owner = stage.plan, stage.owner
    made = membership.create(
        owner, name=human.name, email=f"{human.login}@{plan.trade.domain}", password=password, roles=[human.role],
        language=human.language, zone=plan.trade.zone,
    )  # fmt: skip
    with reading(owner.organisation_id):
        user_id = get_member(owner, made.id)["user_id"]
    if human.rate:
        stage.resources[human.login] = labour_resource.create(owner, name=human.name, user_id=user_id).id
    if human.team:
        team.add_member(owner, stage.teams[human.team], resource_id=stage.resources[human.login])
    stage.people[human.login] = context_of_member(owner.organisation_id, user_id)


def _parties(stage: Stage) -> None:
    trade = stage.plan.trade
    customers = [s for s in trade.sites[: stage.plan.size.sites] if s.customer]
    lines = [
        *(PartyLine(n, (PartyRole.MANUFACTURER, PartyRole.SUPPLIER)) for n in trade.makers),
        *(PartyLine(n, (PartyRole.CONTRACTOR,)) for n in trade.contractors),
        *(PartyLine(s.customer, (PartyRole.CUSTOMER,)) for s in customers),
    ]
    made = party.ensure_many(stage.owner, lines=lines)
    stage.parties = dict(zip((line.name for line in lines), made.ids, strict=True))
    places = [
        SiteLine(stage.parties[s.customer], s.name, city=s.city, street=s.street, zone=trade.zone)
        for s in customers
    ]
    if places:
        site.ensure_many(stage.owner, lines=places)


def _places(stage: Stage) -> None:
    lines = [_place(place, stage.plan.trade.zone) for place in stage.plan.places]
    stage.places = location_batch.ensure_many(stage.owner, lines=lines).ids


def _place(place: Place, zone: str) -> LocationLine:
    measures: dict[str, object] = {}
    if place.route:
        measures = {
            "route": place.route, "from_measure": Decimal(place.from_measure or 0),
            "to_measure": Decimal(place.to_measure or 0), "measure_unit": "m",
            "geometry": {"type": "LineString", "coordinates": [list(end) for end in place.line]},
        }  # fmt: skip
    return LocationLine(
        place.kind, place.name, parent_line=place.parent, lon=place.lon, lat=place.lat,
        zone=zone if place.parent is None else None, **measures,  # type: ignore[arg-type]
    )  # fmt: skip


def _models(stage: Stage) -> None:
    trade = stage.plan.trade
    kinds = trade.kinds[: stage.plan.size.kinds]
    lines = [
        ModelLine(
            kind.name, model_number=kind.model, manufacturer_id=stage.parties[trade.makers[kind.maker]],
            class_code=kind.class_, description=kind.service, expected_life_months=180, warranty_parts_months=24,
            warranty_labour_months=12, replacement_cost=Decimal(kind.price), replacement_currency=trade.currency,
        )
        for kind in kinds
    ]  # fmt: skip
    made = model.ensure_many(stage.owner, lines=lines)
    stage.models = dict(zip((kind.name for kind in kinds), made.ids, strict=True))


def _field(owner: Context, one: Field) -> None:
    kind = FieldType.CHOICE if one.choices else FieldType.NUMBER if one.unit else FieldType.TEXT
    custom_field.create(
        owner, kind=ASSET, key=one.key, label_en=one.en, label_zh=one.zh, value_type=kind, unit=one.unit,
        choices=[ChoiceLine(*choice) for choice in one.choices],
    )  # fmt: skip


def _inspections(stage: Stage) -> None:
    for one in stage.plan.trade.certificates:
        made = certificate.create_kind(stage.owner, code=one.code, name=one.name, interval_months=one.months)
        stage.inspections[one.code] = made.id
        for found in _classes(stage.owner, one.classes):
            certificate.require(stage.owner, kind_id=made.id, equipment_class_id=found)


def _classes(owner: Context, codes: tuple[str, ...]) -> list[UUID]:
    with reading(owner.organisation_id):
        return [found.id for code in codes if (found := find_class(owner, code)) is not None]
