"""Everything of the room that people read has words in both languages."""

from trunnion.assets.events import AssetWent
from trunnion.assets.models import Asset
from trunnion.assets.queries.file import SECTIONS
from trunnion.assets.states import LIFE
from trunnion.assets.types.kinds import IntervalState, LocationKind
from trunnion.kernel.command import COMMANDS
from trunnion.kernel.events import EVENTS
from trunnion.kernel.listing.columns import LISTINGS
from trunnion.kernel.permissions import PERMISSIONS
from trunnion.kernel.policies import KINDS
from trunnion.kernel.words import LANGUAGES, catalogue

# Verbs that the software says to itself: nobody fills in their arguments.
INNER = {
    "assets.batch.follow", "assets.batch.take_back", "assets.deadline.announce", "assets.idle_finding.find",
    "assets.lifecycle_document.give_up",
}  # fmt: skip


def wanted():
    yield from (f"verb.{name}" for name in COMMANDS if name.startswith("assets."))
    yield from (f"permission.{n}" for n in PERMISSIONS if n.startswith("assets.") and n not in COMMANDS)
    yield from (f"kind.{kind}" for kind in KINDS if kind.startswith("assets."))
    yield from (f"event.{name}" for name in EVENTS if name.startswith("assets."))
    yield from (f"state.assets.asset.{state}" for state in LIFE.states)
    yield from (f"state.assets.interval.{state}" for state in IntervalState)
    yield from (f"choice.assets.location.kind.{kind}" for kind in LocationKind)
    yield from (
        f"section.assets.file.{name}" for name, s in SECTIONS.items() if "assets" in s.read.__module__
    )
    for listing in LISTINGS.values():
        if listing.name.startswith("assets."):
            yield from (f"column.{listing.name}.{column.key}" for column in listing.columns)
            for column in listing.columns:
                yield from (f"{column.words}.{choice.value}" for choice in column.choices or ())


def arguments():
    for name, known in COMMANDS.items():
        room, thing, verb = name.split(".")
        if room == "assets" and verb != "ensure_many" and name not in INNER:
            own = {f"{thing}_id", "group_id", "lines", "with_codes"}
            yield from (
                f"field.assets.{thing}.{field}" for field in known.model.model_fields if field not in own
            )


def test_every_word_stands_in_both_languages():
    for language in LANGUAGES:
        words = catalogue()[language]
        assert [key for key in wanted() if not words.get(key)] == []
        assert [key for key in arguments() if not words.get(key)] == []


def test_the_life_is_complete():
    assert LIFE.reachable() == set(LIFE.states)
    assert {f"assets.asset.{move.verb}" for move in LIFE.moves} <= set(COMMANDS)
    assert LIFE.kind == Asset.kind
    assert AssetWent.fact == "assets.asset.went"
