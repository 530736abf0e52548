"""ZPL: every command is known and whole, symbols carry the address, Chinese comes as dots."""

import re
from decimal import Decimal

import pytest

from trunnion.attach.labels.pages import Run
from trunnion.attach.labels.types import Dpi
from trunnion.attach.labels.zpl import zpl_of

from .builders import content, labels, naming, roll

COMMAND = re.compile(r"\^(XA|XZ|CI|PW|LL|LH|PQ|FO|FS|FB|FD|GB|GF|BQ|A0)([^^]*)")
PARAMETERS = {
    "XA": "", "XZ": "", "FS": "", "CI": r"28", "PW": r"\d+", "LL": r"\d+", "LH": r"0,0", "PQ": r"\d+",
    "FO": r"\d+,\d+", "FB": r"\d+,1,0,[LC]", "GB": r"\d+,\d+,\d+", "BQ": r"N,2,([1-9]|10)", "A0": r"N,\d+",
    "GF": r"A,(\d+),\1,\d+,[0-9A-F]+", "FD": r"[ -~]*",
}  # fmt: skip


def parsed(text: str) -> list[list[tuple[str, str]]]:
    """Labels as lists of commands; fails on anything that is no known command with right parameters."""
    found = []
    for label in text.strip().split("\n"):
        commands = COMMAND.findall(label)
        assert "".join(f"^{name}{rest}" for name, rest in commands) == label
        for name, rest in commands:
            assert re.fullmatch(PARAMETERS[name], rest), (name, rest[:80])
        assert (commands[0][0], commands[-1][0]) == ("XA", "XZ")
        assert [n for n, _ in commands].count("XA") == 1
        found.append(commands)
    return found


def fields(commands: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """The parts between an origin and its end."""
    out: list[list[tuple[str, str]]] = []
    for command in commands:
        if command[0] == "FO":
            out.append([])
        if out and command[0] not in {"PQ", "XZ"}:
            out[-1].append(command)
    assert all(field[-1][0] == "FS" for field in out)
    return out


@pytest.mark.parametrize(("dpi", "width"), [(Dpi.DPI_203, 480), (Dpi.DPI_300, 709)])
def test_labels_are_whole_and_hold_their_address(dpi, width):
    told = labels(6)
    made = zpl_of(Run(roll(dpi=dpi), content(has_border=True), copies=3), told, naming).decode()
    found = parsed(made)
    assert len(found) == 6
    for commands, label in zip(found, told, strict=True):
        assert ("PW", str(width)) in commands
        assert ("PQ", "3") in commands
        [symbol] = [f for f in fields(commands) if any(n == "BQ" for n, _ in f)]
        assert dict(symbol)["FD"] == f"HA,{label.code}"
        scale = int(dict(symbol)["BQ"].split(",")[-1])
        # 41 modules on 20 mm, rounded down to whole dots.
        assert scale == {203: 3, 300: 5}[int(dpi)]


def test_plain_latin_is_the_printers_and_everything_else_is_dots():
    told = labels(6)
    found = parsed(zpl_of(Run(roll(), content()), told, naming).decode())
    texts = [[dict(f)["FD"] for f in fields(c) if any(n == "A0" for n, _ in f)] for c in found]
    assert "Feed pump no. 1" in texts[0]
    assert "A-000003" in texts[3]
    assert not any("泵" in text for one in texts for text in one)
    for commands in found:
        for name, rest in commands:
            if name == "GF":
                size, _, row, data = rest.removeprefix("A,").split(",", 3)
                assert len(data) == 2 * int(size)
                assert int(size) % int(row) == 0
    # A name that looks like commands is drawn, not obeyed.
    assert any(n == "GF" for n, _ in found[5])
    assert not any("odd" in text for text in texts[5])


def test_the_offset_moves_everything_and_never_off_the_head():
    def origins(**facts):
        made = parsed(zpl_of(Run(roll(), content(), **facts), labels(1), naming).decode())
        return [tuple(map(int, rest.split(","))) for name, rest in made[0] if name == "FO"]

    straight, moved = origins(), origins(offset_x=Decimal(1), offset_y=Decimal(-20))
    assert [m[0] - s[0] for s, m in zip(straight, moved, strict=True)] == [8] * len(straight)
    assert all(y >= 0 for _, y in moved)
