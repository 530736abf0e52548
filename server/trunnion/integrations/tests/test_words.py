"""Everything that integrations shows has words in both languages."""

from trunnion.integrations import queries
from trunnion.integrations.states import IMPORT
from trunnion.kernel.command import COMMANDS
from trunnion.kernel.events import EVENTS
from trunnion.kernel.permissions import PERMISSIONS
from trunnion.kernel.words import catalogue


def test_words_are_complete():
    wanted = [f"verb.{name}" for name in COMMANDS if name.startswith("integrations.")]
    wanted += [f"event.{name}" for name in EVENTS if name.startswith("integrations.")]
    wanted += [f"state.{IMPORT.kind}.{state}" for state in IMPORT.states]
    reads = [name for name in PERMISSIONS if name.startswith("integrations.") and name.endswith(".read")]
    wanted += [f"permission.{name}" for name in reads]
    for listing in (queries.IMPORTS, queries.FINDINGS):
        described = listing.describe()["columns"]
        wanted += [column["words_key"] for column in described]
        wanted += [choice["words_key"] for column in described for choice in column["choices"]]
    for language, words in catalogue().items():
        assert [key for key in wanted if not words.get(key)] == [], language
