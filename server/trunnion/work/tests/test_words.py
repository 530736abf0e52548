"""Everything that work shows has words in both languages."""

from trunnion.kernel.command import COMMANDS
from trunnion.kernel.events import EVENTS
from trunnion.kernel.policies import KINDS
from trunnion.kernel.words import catalogue
from trunnion.knowledge.procedures.types.questions import TaskResult
from trunnion.work import api
from trunnion.work.queries.lists import DOWNTIMES, FAILURES, LABOUR, ORDERS
from trunnion.work.states import ORDER
from trunnion.work.types import OrderState


def wanted():
    yield from (f"verb.{name}" for name in COMMANDS if name.startswith("work."))
    yield from (f"event.{name}" for name in EVENTS if name.startswith("work."))
    yield from (f"kind.{kind}" for kind in KINDS if kind.startswith("work."))
    yield from (f"state.work.order.{state}" for state in OrderState)
    yield from (f"choice.work.task.result.{result}" for result in TaskResult)
    for listing in (ORDERS, LABOUR, FAILURES, DOWNTIMES):
        yield f"permission.{listing.permission}"
        for column in listing.describe()["columns"]:
            yield column["words_key"]
            yield from (choice["words_key"] for choice in column["choices"])


def test_words_are_complete():
    for language, words in catalogue().items():
        assert [key for key in wanted() if not words.get(key)] == [], language


def test_every_argument_of_an_orders_verb_has_a_name():
    shown = {
        name
        for key, known in COMMANDS.items()
        if key.startswith("work.order.")
        for name in known.model.model_fields
    }
    unshown = {"order_id", "order_ids", "reporter_name", "from_id", "to_id"}
    assert [n for n in sorted(shown - unshown) if f"field.work.order.{n}" not in catalogue()["en"]] == []


def test_every_move_is_a_command_with_a_route():
    from trunnion.kernel.web.routes import ROUTES

    assert api.room.name == "work"
    routed = {route.permission for route in ROUTES if route.path.startswith("/api/work/orders")}
    for move in ORDER.moves:
        assert f"work.order.{move.verb}" in COMMANDS
        assert f"work.order.{move.verb}" in routed
