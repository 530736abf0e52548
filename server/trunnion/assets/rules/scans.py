"""What a scanned text is: one of our own labels, GS1, an identification link, or a maker's plain code."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import parse_qsl, unquote, urlsplit

from . import gs1
from .codes import PATH, is_token

MOST_TEXT = 2000
# IEC 61406-1 allows so many characters.
MOST_LINK = 255
_SHORT = re.compile(r"([0-9A-HJKMNP-TV-Z]{4})[- ]?([0-9A-HJKMNP-TV-Z]{4})\Z", re.IGNORECASE)
_OWN = re.compile(r"[A-Za-z0-9_-]{22,60}\Z")
# Data identifiers by which an identification link may say more (IEC 61406-2): serial, part, both.
_SERIAL = ("S", "25S")
_PART = ("1P", "P", "30P", "21P")
# AIM symbology identifiers that say nothing but how the code was drawn.
_DRAWN = re.compile(r"\][A-Za-z][0-9A-Za-z]")


class ScanForm(StrEnum):
    """What was recognised."""

    OWN = "own"
    GS1_LINK = "gs1_link"
    GS1_ELEMENTS = "gs1_elements"
    IDENTIFICATION_LINK = "identification_link"
    PLAIN = "plain"
    EMPTY = "empty"


@dataclass(frozen=True)
class Understood:
    """A scanned text, taken apart; `identifiers` are pairs of scheme and identifier, the most exact first."""

    form: ScanForm
    text: str
    token: str = ""
    short_code: str = ""
    elements: dict[str, str] = field(default_factory=dict)
    identifiers: tuple[tuple[str, str], ...] = ()
    serial: str = ""
    part: str = ""
    host: str = ""
    faults: tuple[str, ...] = ()


def understand(text: str) -> Understood:
    """Takes a text apart; never refuses, because any text may be somebody's code."""
    plain = text[:MOST_TEXT].strip(" \t\r\n\x00")
    if not plain:
        return Understood(ScanForm.EMPTY, "")
    own = own_token(plain)
    if own:
        return Understood(ScanForm.OWN, plain, token=own)
    elements = gs1.read_link(plain)
    if elements is not None:
        return _gs1(ScanForm.GS1_LINK, plain, elements)
    elements = gs1.read_elements(plain)
    if elements is not None:
        return _gs1(ScanForm.GS1_ELEMENTS, plain, elements)
    return _link(plain) or _plain(plain)


def own_token(text: str) -> str:
    """The token of an address that may be one of our labels, whatever host it names; empty where it is none."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    if parts.scheme.lower() in {"http", "https"} and parts.path.startswith(PATH):
        token = unquote(parts.path.removeprefix(PATH)).rstrip("/")
        return token if is_token(token) and _OWN.match(token) else ""
    return ""


def short_code_of(text: str) -> str:
    """A short code as it is kept, from however it was typed; empty where it is none."""
    found = _SHORT.match(text.strip().upper().replace("O", "0").replace("I", "1").replace("L", "1"))
    return f"{found[1]}-{found[2]}" if found else ""


def _gs1(form: ScanForm, text: str, elements: dict[str, str]) -> Understood:
    return Understood(
        form, text, elements=elements, identifiers=tuple(gs1.identifiers(elements)),
        serial=elements.get(gs1.SERIAL, ""), part=gs1.gtin14(elements.get(gs1.GTIN, "")) or "",
        faults=tuple(gs1.faults(elements)),
    )  # fmt: skip


def _link(text: str) -> Understood | None:
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        asked = dict(parse_qsl(parts.query, max_num_fields=50))
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return None
    # The parts after a point are data of the standard; makers write them without as well.
    said = {key.removeprefix(".").upper(): value for key, value in asked.items()}
    is_short = len(text) <= MOST_LINK and text.isascii()
    return Understood(
        ScanForm.IDENTIFICATION_LINK, text, identifiers=(("iec61406", _canonical(text)),), host=host,
        serial=next((said[k] for k in _SERIAL if said.get(k)), ""),
        part=next((said[k] for k in _PART if said.get(k)), ""),
        faults=() if is_short else ("link_too_long",),
    )  # fmt: skip


def _canonical(text: str) -> str:
    """An address by which it is found again: scheme and host in small letters, without a fragment."""
    parts = urlsplit(text)
    return parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower(), fragment="").geturl()


def _plain(text: str) -> Understood:
    bare = _DRAWN.sub("", text, count=1) if _DRAWN.match(text) else text
    bare = bare.strip() or text
    gtin = gs1.gtin14(bare) if bare.isascii() and bare.isdigit() else None
    return Understood(
        ScanForm.PLAIN, bare, token=bare if _OWN.match(bare) else "", short_code=short_code_of(bare),
        identifiers=(("gs1.gtin", gtin),) if gtin else (), part=gtin or "",
    )  # fmt: skip
