"""Everything that service shows has words in both languages."""

from trunnion.kernel.command import COMMANDS
from trunnion.kernel.events import EVENTS
from trunnion.kernel.words import catalogue
from trunnion.service.queries.requests import REQUESTS
from trunnion.service.rules.steps import WAY
from trunnion.service.types import Channel, GuestVerb, RequestKind, RequestState
from trunnion.work.types import WaitReason


def test_words_are_complete():
    wanted = [f"verb.{name}" for name in COMMANDS if name.startswith("service.")]
    wanted += [f"event.{name}" for name in EVENTS if name.startswith("service.")]
    wanted += [f"state.service.request.{state}" for state in RequestState]
    wanted += [f"choice.service.request.kind.{kind}" for kind in RequestKind]
    wanted += [f"choice.service.request.channel.{channel}" for channel in Channel]
    wanted += [
        f"progress.step.{key}"
        for key in (*WAY, "waiting", "closed", "answered", "rejected", "cancelled", "merged")
    ]
    wanted += [f"progress.wait.{reason}" for reason in WaitReason]
    wanted += [f"progress.action.{verb}" for verb in GuestVerb]
    wanted += ["permission.service.request.read", "permission.service.request.read_contact"]
    for argument in (
        n for c in COMMANDS.values() if c.name.startswith("service.request.") for n in c.model.model_fields
    ):
        if argument not in ("request_id", "order_id", "proof"):
            wanted.append(f"field.service.request.{argument}")
    described = REQUESTS.describe()["columns"]
    own = [c for c in described if c["key"] != "order_state"]
    wanted += [c["words_key"] for c in described] + [v["words_key"] for c in own for v in c["choices"]]
    for language, words in catalogue().items():
        assert [key for key in wanted if not words.get(key)] == [], language


def test_every_refusal_has_words():
    import re
    from pathlib import Path

    import trunnion.service

    room = Path(trunnion.service.__file__).parent
    raised = set()
    for path in room.rglob("*.py"):
        if "tests" not in path.parts:
            raised |= set(re.findall(r'"(service\.[a-z_]+)"', path.read_text("utf-8")))
    codes = {
        c
        for c in raised
        if not c.startswith(("service.request", "service.guest", "service.seen", "service.urging"))
    }
    codes -= {"service.taken_back", "service.requests"}
    assert codes
    for language, words in catalogue().items():
        assert [c for c in sorted(codes) if not words.get(f"refusal.{c}")] == [], language
