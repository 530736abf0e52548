"""The register as building automation sees it: sites, spaces, equipment and points with their references."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any
from uuid import UUID

from trunnion.assets.queries import mapped
from trunnion.attach.queries import attributes_of_many, references_of_many
from trunnion.catalog.queries import list_classes
from trunnion.kernel.context import Context

SCHEME = "haystack"
TAGS = "tags"


@dataclass(frozen=True, slots=True)
class Word:
    """What one of our kinds is called over there."""

    tags: tuple[str, ...]
    brick: str
    unit: str = ""
    qudt: str = ""


@dataclass(slots=True)
class Entity:
    """One site, space, piece of equipment or point."""

    id: UUID
    ref: str
    kind: str
    name: str
    word: Word
    above: UUID | None = None
    site: UUID | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    # What came in with it and has no field of its own: text and unit by name.
    more: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def tags(self) -> list[str]:
        """Its markers, those that came in with it first."""
        held = self.more.get(TAGS, ("", ""))[0].split()
        return list(dict.fromkeys([*held, *self.word.tags]))


@cache
def words() -> dict[str, dict[str, Word]]:
    """The shipped mapping, by sort of entity and our code."""
    text = resources.files(__package__).joinpath("classes.toml").read_text("utf-8")
    return {
        sort: {
            code: Word(tuple(one["tags"].split()), one["brick"], one.get("haystack", ""), one.get("qudt", ""))
            for code, one in listed.items()
        }
        for sort, listed in tomllib.loads(text).items()
    }


class Register:
    """Everything that the actor sees, in a few queries a page."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.entities: dict[UUID, Entity] = {}
        classes = {one.id: one for one in list_classes(ctx)}
        self._parents = {
            one.code: classes[one.parent_id].code for one in classes.values() if one.parent_id in classes
        }
        self._places()
        self._equipment()
        self._points()

    def __iter__(self) -> Iterator[Entity]:
        return iter(self.entities.values())

    def _add(self, kind: str, listed: list[Entity]) -> None:
        ids = [one.id for one in listed]
        for start in range(0, len(ids), mapped.STEP):
            step = ids[start : start + mapped.STEP]
            refs = references_of_many(self.ctx, kind, step)
            held = attributes_of_many(self.ctx, kind, step)
            for one in listed[start : start + mapped.STEP]:
                own = [card.identifier for card in refs.get(one.id, ()) if card.scheme == SCHEME]
                one.ref = own[0] if own else str(one.id)
                one.more = {
                    card.name: (card.text, card.unit_text or card.unit)
                    for card in held.get(one.id, ())
                    if card.category == SCHEME
                }
                self.entities[one.id] = one

    def _places(self) -> None:
        rows = sorted(mapped.all_places(self.ctx), key=lambda row: row.path)
        known = words()["place"]
        site_of: dict[UUID, UUID] = {}
        listed = []
        for row in rows:
            if row.kind not in known:
                continue
            above = row.parent_id if row.parent_id in site_of else None
            # A root of any kind is the site of what lies in it.
            is_site = row.kind == "site" or above is None
            site_of[row.id] = row.id if is_site or above is None else site_of[above]
            word = known["site"] if is_site else known[row.kind]
            facts = {"lon": row.lon, "lat": row.lat, "tz": row.zone, "code": row.code, "kind": row.kind}
            listed.append(
                Entity(
                    row.id, "", "location", row.name, word, above, None if is_site else site_of[row.id], facts
                )
            )
        self._add("assets.location", listed)
        self._site_of = site_of

    def _equipment(self) -> None:
        listed = []
        for row in mapped.all_assets(self.ctx) if self.ctx.may("assets.asset.read") else ():
            place = row.location_id if row.location_id in self._site_of else None
            facts = {
                "number": row.number, "serial": row.serial, "tag": row.tag, "part_of": row.parent_id,
                "model": row.model_name, "code": row.class_code,
            }  # fmt: skip
            site = self._site_of[place] if place else None
            listed.append(
                Entity(row.id, "", "asset", row.name, self._word(row.class_code), place, site, facts)
            )
        self._add("assets.asset", listed)

    def _word(self, code: str | None) -> Word:
        """The nearest listed class at or above a code."""
        known, seen = words()["equipment"], set[str]()
        while code and code not in seen:
            if code in known:
                return known[code]
            seen.add(code)
            code = self._parents.get(code)
        return known["fallback"]

    def _points(self) -> None:
        if not self.ctx.may("assets.meter.read"):
            return
        known = words()["point"]
        listed = []
        for row in mapped.meters(self.ctx):
            owner = self.entities.get(row.asset_id)
            if owner is not None:
                word = known.get(row.unit, known["fallback"])
                facts = {"unit": row.unit, "meter": row.kind, "value": row.last_value, "code": row.code}
                listed.append(Entity(row.id, "", "meter", row.name, word, owner.id, owner.site, facts))
        self._add("assets.meter", listed)
