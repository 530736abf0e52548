"""Everything that finance shows has words in both languages."""

from trunnion.finance.queries import COSTS
from trunnion.kernel.command import COMMANDS
from trunnion.kernel.events import EVENTS
from trunnion.kernel.words import catalogue


def test_words_are_complete():
    wanted = [f"verb.{name}" for name in COMMANDS if name.startswith("finance.")]
    wanted += [f"event.{name}" for name in EVENTS if name.startswith("finance.")]
    described = COSTS.describe()["columns"]
    wanted += [c["words_key"] for c in described] + [v["words_key"] for c in described for v in c["choices"]]
    wanted += ["permission.finance.cost.read", "kind.finance.cost"]
    for language, words in catalogue().items():
        assert [key for key in wanted if not words.get(key)] == [], language
