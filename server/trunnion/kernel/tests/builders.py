"""Makes contexts, things and threads for the kernel's tests."""

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connections

from trunnion.kernel.context import Context, Door, Everything
from trunnion.kernel.database import reading
from trunnion.kernel.ids import uuid7
from trunnion.kernel.models import Entry

from .playground import commands
from .playground.models import Thing


def person(organisation_id: UUID | None = None, **facts: Any) -> Context:
    """The context of somebody who may do everything, in a new organisation unless one is named."""
    known: dict[str, Any] = {"grants": Everything(), "actor_name": "Li Wei", "door": Door.WEB, **facts}
    return Context(organisation_id=organisation_id or uuid7(), actor_id=uuid7(), **known)


def thing(ctx: Context, name: str = "pump", **facts: Any) -> Thing:
    """A stored thing."""
    made = commands.create(ctx, name, **facts)
    return read(ctx, made.id)


def read(ctx: Context, thing_id: UUID) -> Thing:
    """A thing as it is stored now."""
    with reading(ctx.organisation_id):
        return Thing.objects.of(ctx).get(id=thing_id)


def entries(ctx: Context) -> list[Entry]:
    """The organisation's journal, oldest first."""
    with reading(ctx.organisation_id):
        return list(Entry.objects.filter(organisation_id=ctx.organisation_id).order_by("id"))


def in_threads(*calls: Callable[[], Any]) -> list[Any]:
    """Runs the calls at the same moment, each in a thread with a connection of its own; exceptions are results."""
    start = threading.Barrier(len(calls))
    results: list[Any] = [None] * len(calls)

    def run(index: int, call: Callable[[], Any]) -> None:
        start.wait()
        try:
            results[index] = call()
        except Exception as error:  # noqa: BLE001  (the test looks at it)
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(i, c)) for i, c in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
