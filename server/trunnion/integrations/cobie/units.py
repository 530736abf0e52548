"""The unit words of COBie's own pick lists and their UCUM codes; wider spellings are the catalog's."""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

_PICKED = {
    "[in_i]": "inch inches",
    "[ft_i]": "foot feet",
    "[mi_i]": "mile miles",
    "mm": "mm millimeter millimeters millimetre millimetres 毫米",
    "cm": "cm centimeter centimeters centimetre centimetres 厘米",
    "m": "m meter meters metre metres 米",
    "km": "km kilometer kilometers kilometre kilometres 公里 千米",
    "[sft_i]": "squarefoot squarefeet sqft",
    "[smi_us]": "squaremile squaremiles",
    "m2": "squaremeter squaremeters squaremetre squaremetres m2 sqm 平方米",
    "km2": "squarekilometer squarekilometers squarekilometre squarekilometres km2 平方公里",
    "[cft_i]": "cubicfoot cubicfeet",
    "m3": "cubicmeter cubicmeters cubicmetre cubicmetres m3 立方米",
    "min": "minute minutes min 分钟",
    "h": "hour hours hr hrs h 小时",
    "d": "day days d 天 日",
    "wk": "week weeks wk 周",
    "mo": "month months mo 月 个月",
    "a": "year years yr yrs 年",
    "A": "amp amps ampere amperes 安 安培",
    "V": "volt volts v 伏 伏特",
    "W": "watt watts w 瓦",
    "kW": "kilowatt kilowatts kw 千瓦",
    "Hz": "hertz hz 赫兹",
    "kg": "kilogram kilograms kg 千克 公斤",
    "[lb_av]": "lb lbs pound pounds 磅",
    "MJ": "mj megajoule megajoules 兆焦",
    "kg{CO2e}": "kgco2e",
    "{each}": "each count ea pcs 个 台 件 只 套",
    "1": "number ratio",
}

_NO_UNIT = (
    "asrequired boolean bool text string label enum enumeration enumerated classification identifier"
    " logical currency unitless none date quarter quarters 季度 是否 文本"
)
_WITHOUT_UNIT = frozenset(_NO_UNIT.split())

_CURRENCIES: Mapping[str, str] = MappingProxyType(
    {
        "dollar": "USD",
        "dollars": "USD",
        "usdollars": "USD",
        "euro": "EUR",
        "euros": "EUR",
        "pound": "GBP",
        "pounds": "GBP",
        "poundssterling": "GBP",
        "yuan": "CNY",
        "renminbi": "CNY",
        "rmb": "CNY",
        "人民币": "CNY",
        "元": "CNY",
    }
)


def _word(text: str) -> str:
    """One spelling for `square meters`, `Square-Meters` and `m²`; a slash counts, since /min is not min."""
    return re.sub(r"[\s_-]", "", unicodedata.normalize("NFKC", text).casefold())


_UCUM: Mapping[str, str] = MappingProxyType(
    {_word(word): code for code, words in _PICKED.items() for word in words.split()}
)


def ucum_of(text: str) -> str | None:
    """The UCUM code of a unit word; nothing for unknown words and for words that name no unit."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return plain if plain in _PICKED else _UCUM.get(_word(plain))


def currency_of(text: str) -> str | None:
    """The ISO 4217 code of a currency word or of a code itself."""
    plain = text.strip()
    if len(plain) == 3 and plain.isascii() and plain.isalpha():
        return plain.upper()
    return _CURRENCIES.get(_word(plain))


def is_known(text: str) -> bool:
    """Whether a unit cell holds a word that COBie workbooks are known to use."""
    return ucum_of(text) is not None or _word(text) in _WITHOUT_UNIT
