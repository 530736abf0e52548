"""How texts find records of other rooms, and how those that are missing are made."""

from collections.abc import Callable
from uuid import UUID

from trunnion.assets.commands import asset_batch, location_batch
from trunnion.assets.types.kinds import LocationKind
from trunnion.assets.types.lines import AssetLine, LocationLine
from trunnion.catalog.commands import model
from trunnion.catalog.types import ModelLine
from trunnion.integrations.tabular.declare import Create, Lookup
from trunnion.integrations.tabular.resolve import Resolver, steps_of
from trunnion.kernel.context import Context
from trunnion.knowledge.commands import create as add_code
from trunnion.knowledge.types import CodeList
from trunnion.parties.commands import party
from trunnion.parties.types import PartyLine, PartyRole
from trunnion.workforce.commands import labour_resource
from trunnion.workforce.types import ResourceLine

Named = dict[str, str]
_KINDS: dict[int, tuple[LocationKind, ...]] = {
    1: (LocationKind.BUILDING,),
    2: (LocationKind.SITE, LocationKind.SPACE),
    3: (LocationKind.SITE, LocationKind.FLOOR, LocationKind.SPACE),
    4: (LocationKind.SITE, LocationKind.BUILDING, LocationKind.FLOOR, LocationKind.SPACE),
}


def places(ctx: Context, texts: Named) -> dict[str, UUID]:
    """Makes the places of these paths, what stands above them included; what stands already is found by name."""
    lines: list[LocationLine] = []
    at: dict[tuple[str, ...], int] = {}
    resolver = Resolver(ctx)
    for text in texts:
        way = steps_of(text)
        kinds = _KINDS.get(len(way), _KINDS[4] + (LocationKind.SPACE,) * len(way))
        for depth in range(1, len(way) + 1):
            key = tuple(way[:depth])
            if key in at:
                continue
            known = resolver.find(LOCATION, [" > ".join(key)])[" > ".join(key)]
            line_above = at.get(key[:-1])
            kind, name = kinds[depth - 1], key[-1][:200]
            if isinstance(known, UUID):
                # A line for what stands changes nothing and serves the lines below it.
                lines.append(LocationLine(kind, resolver.name_of(LOCATION.kind, known), id=known))
            else:
                lines.append(LocationLine(kind, name, parent_line=line_above))
            at[key] = len(lines) - 1
    ids = location_batch.ensure_many(ctx, lines).ids
    return {text: ids[at[tuple(steps_of(text))]] for text in texts}


def _models(ctx: Context, texts: Named) -> dict[str, UUID]:
    lines = [ModelLine((name or text)[:200], model_number=text) for text, name in texts.items()]
    return dict(zip(texts, model.ensure_many(ctx, lines).ids, strict=True))


def _parties(role: PartyRole) -> Create:
    def create(ctx: Context, texts: Named) -> dict[str, UUID]:
        lines = [PartyLine(text[:200], roles=(role,)) for text in texts]
        return dict(zip(texts, party.ensure_many(ctx, lines).ids, strict=True))

    return create


def _assets(ctx: Context, texts: Named) -> dict[str, UUID]:
    lines = [AssetLine((name or text)[:200], tag=text) for text, name in texts.items()]
    return dict(zip(texts, asset_batch.ensure_many(ctx, lines).ids, strict=True))


def _people(ctx: Context, texts: Named) -> dict[str, UUID]:
    lines = [ResourceLine(text[:200]) for text in texts]
    return dict(zip(texts, labour_resource.ensure_many(ctx, lines).ids, strict=True))


def _codes(which: CodeList) -> Callable[[Context, Named], dict[str, UUID]]:
    def create(ctx: Context, texts: Named) -> dict[str, UUID]:
        return {
            text: add_code(ctx, list=which, code=text[:60], name_en=name or text).id
            for text, name in texts.items()
        }

    return create


def party_as(role: PartyRole) -> Lookup:
    """A party by number or name; a missing one is made in this role."""
    return Lookup("parties.party", ("number", "name", "short_name"), _parties(role))


def code_of(which: CodeList, named_by: str = "") -> Lookup:
    """A failure code of one list."""
    by = ("code", "notation", "name_en", "name_zh")
    return Lookup(
        "knowledge.failure_code", by, _codes(which), named_by=named_by, only=(("list", which.value),)
    )


LOCATION = Lookup("assets.location", ("code", "name"), places, path=True)
MODEL = Lookup("catalog.model", ("code", "model_number", "name"), _models)
ASSET = Lookup("assets.asset", ("number", "serial", "tag", "name"), _assets, named_by="asset_name")
PARENT_ASSET = Lookup("assets.asset", ("number", "serial", "tag", "name"))
PARENT_PLACE = Lookup("assets.location", ("code", "name"), path=True)
ANY_PARTY = Lookup("parties.party", ("number", "name", "short_name"), _parties(PartyRole.CUSTOMER))
PERSON = Lookup("workforce.labour_resource", ("code", "name"), _people)
METER = Lookup("assets.meter", ("code", "name"), within="asset_id")
CLASS = Lookup("catalog.equipment_class", ("code", "name_zh", "name_en"))
