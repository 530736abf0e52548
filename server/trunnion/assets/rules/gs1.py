"""GS1 identification: element strings, Digital Link addresses and check digits; whatever comes in, nothing raises."""

import re
from urllib.parse import parse_qsl, quote, unquote, urlsplit

FNC1 = "\x1d"
# What scanners put in front of GS1 data: code 128, data bar, data matrix, QR code.
SYMBOLOGIES = ("]C1", "]e0", "]d2", "]Q3", "]J1")
GTIN, SERIAL, GRAI, GIAI = "01", "21", "8003", "8004"
KEYS = (GTIN, GRAI, GIAI)
# By the first two figures of an identifier: those whose data has a fixed length, and it.
_FIXED = {
    "00": 18, "01": 14, "02": 14, "03": 14, "04": 16, "11": 6, "12": 6, "13": 6, "14": 6, "15": 6, "16": 6,
    "17": 6, "18": 6, "19": 6, "20": 2, "31": 6, "32": 6, "33": 6, "34": 6, "35": 6, "36": 6, "41": 13,
}  # fmt: skip
_LONGER = {"23": 3, "24": 3, "25": 3, "40": 3, "41": 3, "42": 3, "71": 3} | dict.fromkeys(
    ("31", "32", "33", "34", "35", "36", "39", "43", "70", "72", "80", "81", "82"), 4
)
_TWO = frozenset(
    [
        "00",
        "01",
        "02",
        "03",
        "04",
        "10",
        "11",
        "12",
        "13",
        "14",
        "15",
        "16",
        "17",
        "18",
        "19",
        "20",
        "21",
        "22",
        "30",
        "37",
        "90",
        "91",
        "92",
        "93",
        "94",
        "95",
        "96",
        "97",
        "98",
        "99",
    ]
)
_BRACKETED = re.compile(r"\((\d{2,4})\)")
# The characters that identifiers and serials may hold (GS1 set 82).
_ALLOWED = re.compile(r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+\Z")
_NUMERIC = re.compile(r"[0-9]+\Z")
_ALIASES = {"gtin": GTIN, "ser": SERIAL, "grai": GRAI, "giai": GIAI}
MOST = {SERIAL: 20, GIAI: 30, "10": 20, "22": 20}


def check_digit(figures: str) -> str:
    """The figure that follows: weights 3 and 1 in turn from the right."""
    total = sum(int(f) * (3 if i % 2 == 0 else 1) for i, f in enumerate(reversed(figures)))
    return str(-total % 10)


def is_checked(figures: str) -> bool:
    """Whether a number ends in its own check digit."""
    return bool(_NUMERIC.match(figures)) and len(figures) > 1 and check_digit(figures[:-1]) == figures[-1]


def gtin14(figures: str) -> str | None:
    """A GTIN of 8, 12, 13 or 14 figures in its long form; None where it is none."""
    return figures.zfill(14) if len(figures) in {8, 12, 13, 14} and is_checked(figures) else None


def faults(elements: dict[str, str]) -> list[str]:
    """What is wrong with what was read, as codes."""
    found = []
    if GTIN in elements and gtin14(elements[GTIN]) is None:
        found.append("gtin_check_digit")
    grai = elements.get(GRAI)
    if grai is not None and not (len(grai) >= 14 and grai[0] == "0" and is_checked(grai[1:14])):
        found.append("grai_check_digit")
    for key, value in elements.items():
        if not _ALLOWED.match(value) or len(value) > MOST.get(key, 90):
            found.append("gs1_value")
            break
    return found


def read_elements(text: str) -> dict[str, str] | None:
    """The elements of a scanned string or of a printed one in brackets; None where it is neither."""
    for prefix in SYMBOLOGIES:
        if text.startswith(prefix):
            return _plain(text[len(prefix) :])
    if _BRACKETED.match(text):
        return _bracketed(text)
    # Without a mark only what cannot be anything else: a separator, or a GTIN with more behind it.
    if FNC1 in text or (text.startswith(GTIN) and len(text) > 16 and gtin14(text[2:16])):
        return _plain(text)
    return None


def _plain(text: str) -> dict[str, str] | None:
    found: dict[str, str] = {}
    rest = text.lstrip(FNC1)
    while rest:
        key = _key_of(rest)
        if key is None:
            return None
        rest = rest[len(key) :]
        length = _FIXED.get(key[:2])
        value, rest = (rest[:length], rest[length:]) if length else _until_separator(rest)
        if not value or (length and len(value) < length) or key in found:
            return None
        found[key] = value
        rest = rest.removeprefix(FNC1) if length else rest
    return found or None


def _until_separator(rest: str) -> tuple[str, str]:
    value, _, rest = rest.partition(FNC1)
    return value, rest


def _key_of(rest: str) -> str | None:
    head = rest[:2]
    length = 2 if head in _TWO else _LONGER.get(head, 0)
    key = rest[:length]
    return key if length and len(key) == length and _NUMERIC.match(key) else None


def _bracketed(text: str) -> dict[str, str] | None:
    marks = [m for m in _BRACKETED.finditer(text) if _key_of(m[1]) == m[1]]
    found: dict[str, str] = {}
    for index, mark in enumerate(marks):
        until = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        value = text[mark.end() : until]
        if not value or mark[1] in found:
            return None
        found[mark[1]] = value
    return found or None


def read_link(text: str) -> dict[str, str] | None:
    """The elements of a GS1 Digital Link; None where the address is none."""
    try:
        parts = urlsplit(text)
        steps = [unquote(step, errors="strict") for step in parts.path.split("/") if step]
        asked = parse_qsl(parts.query, strict_parsing=False, max_num_fields=50)
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not parts.netloc:
        return None
    keys = [_ALIASES.get(step, step) for step in steps]
    start = next((i for i, key in enumerate(keys) if key in KEYS and len(steps) > i + 1), None)
    if start is None or not _is_number_of(keys[start], steps[start + 1]):
        return None
    found = {key: value for key, value in asked if _key_of(key) == key}
    found.update((keys[i], steps[i + 1]) for i in range(start, len(steps) - 1, 2) if _key_of(keys[i]))
    return found


def _is_number_of(key: str, value: str) -> bool:
    # A path such as /01/news of any site is no GTIN; a wrong check digit is one with a fault.
    if key == GTIN:
        return bool(_NUMERIC.match(value)) and len(value) in {8, 12, 13, 14}
    return bool(value) if key == GIAI else bool(_NUMERIC.match(value[:14])) and len(value) >= 14


def identifiers(elements: dict[str, str]) -> list[tuple[str, str]]:
    """What an asset or a model may be known by, the most exact first: (scheme, identifier)."""
    found = []
    if elements.get(GIAI):
        found.append(("gs1.giai", elements[GIAI]))
    if elements.get(GRAI):
        found.append(("gs1.grai", elements[GRAI]))
    gtin = gtin14(elements.get(GTIN, ""))
    if gtin and elements.get(SERIAL):
        found.append(("gs1.sgtin", f"{gtin}.{elements[SERIAL]}"))
    if gtin:
        found.append(("gs1.gtin", gtin))
    return found


def written(elements: dict[str, str]) -> str:
    """Elements as a scanner says them."""
    out = ""
    for index, (key, value) in enumerate(elements.items()):
        is_open = key[:2] not in _FIXED and index < len(elements) - 1
        out += key + value + (FNC1 if is_open else "")
    return "]C1" + out


def linked(elements: dict[str, str], resolver: str = "https://id.gs1.org") -> str:
    """Elements as a Digital Link; the first is its key."""
    return resolver + "".join(f"/{key}/{quote(value, safe='')}" for key, value in elements.items())
