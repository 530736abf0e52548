"""Refusals: why a verb was not done, as a code and facts that the clients put into words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class FieldError:
    """One bad input: where (a JSON pointer), why (a code, words key `refusal.<code>`) and what would be right."""

    pointer: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class Refusal(Exception):
    """A clear no: nothing was written. `status` is the HTTP status that a door answers with."""

    status = 409

    def __init__(self, code: str, /, *, errors: Sequence[FieldError] = (), **facts: Any) -> None:
        super().__init__(f"{code} {facts}" if facts else code)
        self.code = code
        self.facts = facts
        self.errors = tuple(errors)


class Invalid(Refusal):
    """Bad input (422): names each field, why, and what would be right."""

    status = 422

    @classmethod
    def field(cls, pointer: str, code: str, /, **facts: Any) -> "Invalid":
        """The refusal of one field; `pointer` such as `/title`."""
        return cls("invalid_input", errors=[FieldError(pointer, code, facts)])


class NotVisible(Refusal):
    """The record does not exist, or the actor may not know that it does (404, the same bytes either way)."""

    status = 404

    def __init__(self) -> None:
        super().__init__("not_found")


class NotGranted(Refusal):
    """The actor sees the record but may not do this (403)."""

    status = 403

    def __init__(self, permission: str) -> None:
        super().__init__("not_granted", permission=permission)


class NotSignedIn(Refusal):
    """Who is asking is not known (401)."""

    status = 401

    def __init__(self, code: str = "not_signed_in") -> None:
        super().__init__(code)


class WrongState(Refusal):
    """The verb is not legal in the record's state (409); the facts name the state and what is legal."""

    def __init__(self, state: str, verb: str, legal: Sequence[str]) -> None:
        super().__init__("wrong_state", state=state, verb=verb, legal=list(legal))


class Stale(Refusal):
    """The record changed since the caller read it (412)."""

    status = 412

    def __init__(self, seen: int, current: int) -> None:
        super().__init__("stale_version", seen=seen, current=current)


class Merged(Refusal):
    """The record was merged into another one, which is changed instead (409); the facts name it."""

    def __init__(self, kind: str, into_id: Any) -> None:
        super().__init__("merged", kind=kind, into_id=str(into_id))


class StillUsed(Refusal):
    """The row cannot be removed while other rows point at it (409); `kind` is whose."""

    def __init__(self, kind: str) -> None:
        super().__init__("still_used", kind=kind)


class ForeignReference(Invalid):
    """A row would have pointed at nothing, or at another organisation's row (422, the same either way)."""

    def __init__(self, pointer: str, kind: str) -> None:
        super().__init__("invalid_input", errors=[FieldError(pointer, "reference_unknown", {"kind": kind})])


class VersionNeeded(Refusal):
    """An edit must say which version it saw (428)."""

    status = 428

    def __init__(self) -> None:
        super().__init__("version_needed")


class TooMany(Refusal):
    """Too many attempts (429); `retry_after` in seconds."""

    status = 429

    def __init__(self, code: str, retry_after: int) -> None:
        super().__init__(code, retry_after=retry_after)
        self.retry_after = retry_after


class KernelError(Exception):
    """A mistake of the program, not of its user; never shown as a refusal."""


class UnscopedRead(KernelError):
    """A table was read without saying for which organisation."""


class WriteOutsideCommand(KernelError):
    """A row was written outside a command of its own room."""


class ForeignRow(KernelError):
    """A row of another organisation was about to be written."""
