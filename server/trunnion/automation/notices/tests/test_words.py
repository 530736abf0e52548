"""Everything of notices that people read has words in both languages."""

import inspect

from trunnion.automation.notices.types import What
from trunnion.kernel.command import COMMANDS
from trunnion.kernel.listing.columns import LISTINGS
from trunnion.kernel.permissions import PERMISSIONS
from trunnion.kernel.policies import KINDS
from trunnion.kernel.words import LANGUAGES, catalogue


def wanted():
    yield from (f"verb.{name}" for name in COMMANDS if name.startswith("automation."))
    yield from (f"permission.{n}" for n in PERMISSIONS if n.startswith("automation.") and n not in COMMANDS)
    yield from (f"kind.{kind}" for kind in KINDS if kind.startswith("automation."))
    yield from (f"choice.automation.notice.what.{what}" for what in What)
    for listing in LISTINGS.values():
        if listing.name.startswith("automation."):
            yield from (f"column.{listing.name}.{column.key}" for column in listing.columns)
    for name, known in COMMANDS.items():
        if name.startswith("automation.notice."):
            arguments = list(inspect.signature(known.run).parameters)[1:]
            yield from (f"field.automation.notice.{argument}" for argument in arguments)


def test_words():
    for language in LANGUAGES:
        missing = sorted(set(wanted()) - catalogue()[language].keys())
        assert not missing, (language, missing)
