"""Replays: a request with a key has one effect, and each repetition of it gets the first answer."""

import hashlib
import hmac
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings

from . import clock, writer
from .context import Context
from .encoding import canonical, encode
from .errors import Refusal
from .models import Replay

NOBODY = UUID(int=0)
SECRET = "***"  # noqa: S105  (what stands in place of one)


class KeyReused(Refusal):
    """The replay key was used before for another verb or other arguments (422)."""

    status = 422

    def __init__(self, verb: str) -> None:
        super().__init__("key_reused", verb=verb)


def claim(ctx: Context, verb: str, arguments: dict[str, Any]) -> str | None:
    """Takes the key for this request, or returns the answer that an earlier one of the same content was given.

    A twin that is still being worked on is waited for: the claim stands before anything else is looked at, so that
    the second of two never sees the first one's effect as a wrong state or a duplicate.
    """
    row = Replay(
        organisation_id=ctx.organisation_id, actor_id=ctx.actor_id or NOBODY, key=ctx.key or "", verb=verb,
        fingerprint=_fingerprint(verb, arguments), answer="", created_at=clock.now(),
    )  # fmt: skip
    if writer.insert_unless_there(row):
        return None
    found = Replay.objects.get(organisation_id=row.organisation_id, actor_id=row.actor_id, key=row.key)
    if (found.verb, found.fingerprint) != (verb, row.fingerprint):
        raise KeyReused(found.verb)
    return found.answer


def keep(ctx: Context, answer: Any, secret: frozenset[str]) -> None:
    """Keeps the answer under the claimed key; what is secret in it is shown once and never kept."""
    text = encode(answer)
    if secret:
        parts = msgspec.json.decode(text)
        if isinstance(parts, dict):
            text = encode({name: SECRET if name in secret else value for name, value in parts.items()})
    Replay.objects.filter(
        organisation_id=ctx.organisation_id, actor_id=ctx.actor_id or NOBODY, key=ctx.key or ""
    ).update(answer=text.decode())


def _fingerprint(verb: str, arguments: dict[str, Any]) -> str:
    # Keyed, because arguments may hold a password, which a plain digest would let one guess quickly.
    return hmac.new(settings.SECRET_KEY.encode(), canonical([verb, arguments]), hashlib.sha256).hexdigest()
