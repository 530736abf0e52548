"""The verbs of an order, by phase; each is known to callers as `order.<verb>`."""

from .closing import cancel, close, confirm, refuse, reopen
from .desk import assign, dispatch, plan
from .field import accept, arrive, complete, decline, depart, grab, resume, start, wait
from .handing_over import hand_over, has_work
from .intake import approve, create, edit, reject, relocate, submit, switch
from .rewording import reword
from .triage import merge, unmerge

__all__ = [
    "accept",
    "approve",
    "arrive",
    "assign",
    "cancel",
    "close",
    "complete",
    "confirm",
    "create",
    "decline",
    "depart",
    "dispatch",
    "edit",
    "grab",
    "hand_over",
    "has_work",
    "merge",
    "plan",
    "refuse",
    "reject",
    "relocate",
    "reopen",
    "resume",
    "reword",
    "start",
    "submit",
    "switch",
    "unmerge",
    "wait",
]  # fmt: skip
