"""Pure decisions of parties: when two names mean one party, where a given point lies in WGS 84."""

import math
import re
import unicodedata

from rapidfuzz import fuzz

# Legal forms say nothing about who it is; the longest first, so that 有限责任公司 goes before 公司.
_FORMS_ZH = re.compile(
    r"(?:股份有限公司|有限责任公司|有限公司|股份公司|集团公司|总公司|分公司|公司|集团|厂)+$"
)
_LATIN_FORMS = """
co company corp corporation inc incorporated llc llp lp ltd limited plc gmbh mbh ag kg kgaa ohg ug se sa sas sarl spa
srl bv nv oy oyj ab as aps sp zoo kk pty pte sdn bhd group holding holdings
"""
_FORMS = frozenset(_LATIN_FORMS.split())
_WORD = re.compile(r"[^\W_]+")
_CJK = re.compile(r"[一-鿿]")
_PLACE = re.compile(r"[（(][^）)]*[）)]")


def match_name(name: str) -> str:
    """What is left of a name without legal form, case, punctuation and a place in brackets; never empty for a name."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    bare = _FORMS_ZH.sub("", _PLACE.sub("", folded).strip())
    # "G.m.b.H." and "Co., Ltd." lose their dots before they are cut into words.
    words = _WORD.findall(bare.replace(".", ""))
    while len(words) > 1 and words[-1] in _FORMS:
        words.pop()
    if len(words) > 1 and words[0] == "the":
        words.pop(0)
    return (" ".join(words) or folded.strip() or name)[:200]


def likeness(one: str, other: str, *, score_cutoff: float | None = None) -> float:
    """How alike two match names are, from 0 to 100; one that only adds words or a place to the other gets 90."""
    whole = fuzz.token_sort_ratio(one, other)
    # Chinese names have no blanks: 海港医院 within 上海海港医院 is what a shared word is elsewhere.
    shared = fuzz.partial_ratio(one, other) if _CJK.search(one) else fuzz.token_set_ratio(one, other)
    found = max(whole, shared * 0.9 if min(len(one), len(other)) > 3 else 0)
    return 0 if score_cutoff is not None and found < score_cutoff else found


_A, _EE = 6378245.0, 0.00669342162296594323
_CHINA = (72.004, 0.8293, 137.8347, 55.8271)


def to_wgs84(lon: float, lat: float, system: str) -> tuple[float, float]:
    """A point given in `wgs84`, `gcj02` or `bd09`, in WGS 84 (within about a metre)."""
    if system == "bd09":
        lon, lat = _bd09_to_gcj02(lon, lat)
        system = "gcj02"
    if system == "wgs84" or not (_CHINA[0] <= lon <= _CHINA[2] and _CHINA[1] <= lat <= _CHINA[3]):
        return lon, lat
    found_lon, found_lat = lon, lat
    # The shift is known only in the other direction: three steps of correction bring it below a centimetre.
    for _ in range(3):
        shift_lon, shift_lat = _shift(found_lon, found_lat)
        found_lon, found_lat = lon - shift_lon, lat - shift_lat
    return found_lon, found_lat


def _bd09_to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    x, y = lon - 0.0065, lat - 0.006
    turn = math.pi * 3000.0 / 180.0
    z = math.hypot(x, y) - 0.00002 * math.sin(y * turn)
    theta = math.atan2(y, x) - 0.000003 * math.cos(x * turn)
    return z * math.cos(theta), z * math.sin(theta)


def _shift(lon: float, lat: float) -> tuple[float, float]:
    x, y = lon - 105.0, lat - 35.0
    wave = (20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + wave
    north += (20.0 * math.sin(y * math.pi) + 40.0 * math.sin(y / 3.0 * math.pi)) * 2.0 / 3.0
    north += (160.0 * math.sin(y / 12.0 * math.pi) + 320.0 * math.sin(y * math.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + wave
    east += (20.0 * math.sin(x * math.pi) + 40.0 * math.sin(x / 3.0 * math.pi)) * 2.0 / 3.0
    east += (150.0 * math.sin(x / 12.0 * math.pi) + 300.0 * math.sin(x / 30.0 * math.pi)) * 2.0 / 3.0
    phi = math.radians(lat)
    magic = 1.0 - _EE * math.sin(phi) ** 2
    root = math.sqrt(magic)
    return (
        east * 180.0 / (_A / root * math.cos(phi) * math.pi),
        north * 180.0 / (_A * (1.0 - _EE) / (magic * root) * math.pi),
    )
