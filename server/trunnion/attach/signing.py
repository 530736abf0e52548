"""What is signed: each room tells which facts of its record a signature stands under."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from trunnion.kernel.context import Context
from trunnion.kernel.encoding import canonical

CONTENTS: dict[str, Callable[[Context, UUID], Mapping[str, Any]]] = {}


def signed_digest(facts: Mapping[str, Any]) -> str:
    """The digest of what is signed; the same facts always give the same."""
    return hashlib.sha256(canonical(dict(facts))).hexdigest()


def signs(kind: str, content: Callable[[Context, UUID], Mapping[str, Any]]) -> None:
    """Tells which facts of a kind of record a signature stands under: `content(ctx, row_id)`."""
    CONTENTS[kind] = content


def content_of(ctx: Context, kind: str, row_id: UUID) -> Mapping[str, Any] | None:
    """What the record says now; None for a kind that told nothing."""
    content = CONTENTS.get(kind)
    return content(ctx, row_id) if content else None


def content_digest(ctx: Context, kind: str, row_id: UUID) -> str | None:
    """The digest of what the record says now; None for a kind that told nothing."""
    content = content_of(ctx, kind, row_id)
    return None if content is None else signed_digest(content)
