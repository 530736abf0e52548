"""Everything that workforce shows has words in both languages."""

from trunnion.kernel.command import COMMANDS
from trunnion.kernel.events import EVENTS
from trunnion.kernel.words import catalogue
from trunnion.workforce.queries import LABOUR_RESOURCES, TEAMS


def test_words_are_complete():
    wanted = [f"verb.{name}" for name in COMMANDS if name.startswith("workforce.")]
    wanted += [f"event.{name}" for name in EVENTS if name.startswith("workforce.")]
    for listing in (LABOUR_RESOURCES, TEAMS):
        described = listing.describe()["columns"]
        wanted += [c["words_key"] for c in described] + [
            v["words_key"] for c in described for v in c["choices"]
        ]
    for language, words in catalogue().items():
        assert [key for key in wanted if not words.get(key)] == [], language
