"""What strangers may read: titles without addresses and telephone numbers, names as they are said at the door."""

import re

MOST_TITLE = 80
_EMAIL = re.compile(r"[^\s@,;，；]+@[^\s@,;，；]+\.[^\s@,;，；。]+")
# Seven digits and more, however they are grouped, are somebody's number and not a machine's fault code.
_PHONE = re.compile(r"\+?\d(?:[\s().-]{0,2}\d){6,}")
_HAN = re.compile(r"^[\u3400-\u9fff\U00020000-\U0002ffff·]{2,}$")
_DOUBLE_SURNAMES = frozenset({
    "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟", "公羊",
    "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文",
    "司徒", "鲜于", "司空", "令狐",
})  # fmt: skip
HIDDEN = "***"


def public_title(text: str) -> str:
    """The first line of what was reported, short, without anybody's address or number."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    bare = _PHONE.sub(HIDDEN, _EMAIL.sub(HIDDEN, first))
    return bare if len(bare) <= MOST_TITLE else bare[: MOST_TITLE - 1].rstrip() + "…"


def first_name(name: str, language: str) -> str:
    """How a customer knows the engineer: the first of several names; of a Chinese name the surname."""
    plain = name.strip()
    if _HAN.match(plain):
        surname = plain[:2] if plain[:2] in _DOUBLE_SURNAMES and len(plain) > 2 else plain[:1]
        return f"{surname}师傅" if language == "zh-CN" else surname
    return plain.split()[0] if plain else ""


def masked_name(name: str) -> str:
    """A name that tells two people apart and nobody's identity: initials, or the surname."""
    plain = name.strip()
    if _HAN.match(plain):
        return plain[0] + "*" * min(len(plain) - 1, 2)
    return " ".join(f"{part[0]}." for part in plain.split()[:3])


def masked_contact(contact: str) -> str:
    """A telephone number or an address with its middle hidden."""
    plain = contact.strip()
    if not plain:
        return ""
    name, at, domain = plain.partition("@")
    if at:
        return f"{name[:1]}{HIDDEN}@{domain}"
    digits = [c for c in plain if c.isdecimal()]
    if len(digits) >= 7:
        return f"{''.join(digits[:3])}****{''.join(digits[-2:])}"
    return HIDDEN
