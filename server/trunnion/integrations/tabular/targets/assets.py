"""Rows that become assets or places."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from trunnion.assets.commands import asset_batch, location_batch
from trunnion.assets.types.kinds import AssetState, Condition, Criticality, LocationKind
from trunnion.assets.types.lines import AssetLine, LocationLine
from trunnion.integrations.tabular.declare import Field, Kind, Lookup, Target, Values, Writing, target
from trunnion.integrations.tabular.types import Reason
from trunnion.kernel.context import Context
from trunnion.parties.types import PartyRole

from .lookups import ANY_PARTY, LOCATION, MODEL, PARENT_ASSET, PARENT_PLACE, party_as

_CHOICE = "choice.assets"


def _write_assets(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    lines = [
        AssetLine(
            id=row.id, parent_id=row.parent_id or row.values.get("parent_id"),
            **{"name": row.before.get("name", ""), **_stated(row, "parent_id")},
        )
        for row in rows
    ]  # fmt: skip
    return asset_batch.ensure_many(ctx, lines).ids


def _write_places(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    lines = []
    for row in rows:
        facts = {"name": row.before.get("name", ""), **_stated(row, "parent_id", "kind")}
        kind = LocationKind(row.values.get("kind") or row.before.get("kind") or LocationKind.SPACE)
        parent_id = row.parent_id or row.values.get("parent_id")
        lines.append(LocationLine(kind, id=row.id, parent_id=parent_id, **facts))
    return location_batch.ensure_many(ctx, lines).ids


def _stated(row: Writing, *besides: str) -> Values:
    return {name: value for name, value in row.values.items() if name not in besides}


def _judge_asset(values: Values, is_new: bool) -> Iterator[Reason]:
    if is_new and values.get("price") is not None and not values.get("currency"):
        yield Reason(None, "currency", "table.currency_needed")
    begin, end = values.get("warranty_from_on"), values.get("warranty_until_on")
    if begin and end and end < begin:
        yield Reason(None, "warranty_until_on", "assets.warranty_order")
    made, installed = values.get("made_on"), values.get("installed_on")
    if made and installed and installed < made:
        yield Reason(None, "installed_on", "assets.installed_before_made")


def _judge_place(values: Values, _: bool) -> Iterator[Reason]:
    for name, other in (("lon", "lat"), ("lat", "lon")):
        if values.get(name) is None and values.get(other) is not None:
            yield Reason(None, name, "table.missing")


def _day(name: str) -> Field:
    return Field(name, Kind.DAY)


def _party(name: str, lookup: Lookup) -> Field:
    return Field(name, Kind.REFERENCE, lookup=lookup)


def _choice(name: str, choices: Any, words: str, **more: Any) -> Field:
    return Field(name, Kind.CHOICE, choices=choices, words=words, **more)


ASSETS = target(Target(
    name="assets", kind="assets.asset", permission="assets.asset.ensure_many", listing="assets.assets",
    keys=("number", "serial", "tag", "barcode", "name"), within="location_id", write=_write_assets,
    judge=_judge_asset, one_key=True,
    fields=(
        Field("number", Kind.CODE, most=20, unique=True, only_new=True),
        Field("name", required=True, most=200),
        Field("tag"), Field("serial", unique=True), Field("barcode", unique=True), Field("batch"),
        Field("description", most=20_000),
        Field("model_id", Kind.REFERENCE, lookup=MODEL),
        Field("location_id", Kind.REFERENCE, lookup=LOCATION),
        Field("parent_id", Kind.REFERENCE, lookup=PARENT_ASSET, is_own=True),
        _party("owner_party_id", ANY_PARTY),
        Field("user_party_id", Kind.REFERENCE, lookup=ANY_PARTY, shown_as="owner_party_id"),
        _party("supplier_party_id", party_as(PartyRole.SUPPLIER)),
        _choice("state", AssetState, "state.assets.asset", only_new=True),
        _choice("criticality", Criticality, f"{_CHOICE}.asset.criticality"),
        _choice("condition", Condition, f"{_CHOICE}.asset.condition"),
        _day("made_on"), _day("purchased_on"), Field("price", Kind.NUMBER, minimum=0), Field("currency", Kind.CURRENCY),
        _day("installed_on"), _day("in_service_on"), _day("warranty_from_on"), _day("warranty_until_on"),
        _day("expected_end_on"),
    ),
))  # fmt: skip
LOCATIONS = target(Target(
    name="locations", kind="assets.location", permission="assets.location.ensure_many", listing="assets.locations",
    keys=("code", "name"), within="parent_id", write=_write_places, judge=_judge_place, narrow={"merged_into": None},
    fields=(
        Field("name", required=True, most=200),
        Field("code", Kind.CODE, most=60, unique=True),
        _choice("kind", LocationKind, f"{_CHOICE}.location.kind", path="location_kind", only_new=True),
        Field("parent_id", Kind.REFERENCE, lookup=PARENT_PLACE, is_own=True),
        Field("description", most=20_000), Field("zone", most=60),
        Field("lon", Kind.NUMBER, minimum=-180), Field("lat", Kind.NUMBER, minimum=-90),
    ),
))  # fmt: skip
