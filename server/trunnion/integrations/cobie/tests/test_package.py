"""Hostile and damaged containers are refused before a parser sees them."""

import io
import re
import struct
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest

from trunnion.integrations.cobie.package import Extent, Limits, Package, column_letters, column_number
from trunnion.integrations.cobie.reader import read
from trunnion.integrations.cobie.tests.builders import building, packed, repacked, spreadsheet
from trunnion.integrations.cobie.types import Severity, WorkbookRefused

FIRST = "xl/worksheets/sheet1.xml"


def refusal(content: bytes, **limits: int) -> tuple[str, dict[str, object]]:
    with pytest.raises(WorkbookRefused) as caught:
        read(content, limits=Limits(**limits))
    finding = caught.value.finding
    assert finding.severity is Severity.ERROR
    assert finding.sheet is None
    return finding.code, dict(finding.facts)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "cobie.not_a_workbook"),
        (b"Name,CreatedBy\n", "cobie.not_a_workbook"),
        (b"PK\x03\x04 and nothing more", "cobie.not_a_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "cobie.old_or_encrypted"),
    ],
)
def test_other_files_are_refused(content: bytes, code: str) -> None:
    assert refusal(content)[0] == code


def test_a_zip_that_is_no_workbook() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert refusal(target.getvalue())[0] == "cobie.not_a_workbook"


def test_each_limit_is_named_with_its_figure() -> None:
    content = packed(building())
    assert refusal(content, file_bytes=1000) == (
        "cobie.file_too_large",
        {"bytes": len(content), "limit_bytes": 1000},
    )
    assert refusal(content, unpacked_bytes=2000)[0] == "cobie.unpacks_too_large"
    assert refusal(content, entries=3)[1]["limit"] == 3
    assert refusal(content, cells=10)[0] == "cobie.sheet_too_large"


def test_a_file_is_measured_before_it_is_read(tmp_path) -> None:
    path = tmp_path / "large.xlsx"
    path.write_bytes(b"x" * 2000)
    with pytest.raises(WorkbookRefused) as caught:
        read(path, limits=Limits(file_bytes=1000))
    assert caught.value.finding.code == "cobie.file_too_large"


def test_a_bomb_is_refused_quickly() -> None:
    content = repacked(packed(building()), lambda entries: entries.update({FIRST: b"<a/>" * 10_000_000}))
    began = time.perf_counter()
    assert refusal(content)[0] == "cobie.packed_too_tightly"
    assert time.perf_counter() - began < 1


def test_a_forged_size_is_found_out() -> None:
    content = bytearray(repacked(packed(building()), lambda entries: None))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        entry = archive.getinfo(FIRST)
    at = content.index(FIRST.encode(), content.index(b"PK\x01\x02")) - 46 + 24
    while struct.unpack_from("<I", content, at)[0] != entry.file_size:
        at += 1
    struct.pack_into("<I", content, at, 10)
    assert refusal(bytes(content)) == ("cobie.damaged", {"entry": FIRST})


def test_a_flipped_bit_is_found_out() -> None:
    content = bytearray(packed(building()))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        entry = archive.getinfo(FIRST)
    content[entry.header_offset + 30 + len(FIRST) + entry.compress_size // 2] ^= 0xFF
    assert refusal(bytes(content)) == ("cobie.damaged", {"entry": FIRST})


def test_two_entries_of_one_name_are_refused() -> None:
    target = io.BytesIO(packed(building()))
    with zipfile.ZipFile(target, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(FIRST, "<worksheet/>")
    assert refusal(target.getvalue()) == ("cobie.damaged", {"entry": FIRST})


def declare(entries: dict[str, bytes]) -> None:
    text = entries["xl/workbook.xml"].decode()
    entries["xl/workbook.xml"] = text.replace(
        "<workbook ", '<!DOCTYPE w [<!ENTITY a "b">]><workbook ', 1
    ).encode()


def widen(entries: dict[str, bytes]) -> None:
    entries["xl/workbook.xml"] = entries["xl/workbook.xml"].decode().encode("utf-16")


def promise(entries: dict[str, bytes]) -> None:
    entries["xl/sharedStrings.xml"] = re.sub(
        rb'ount="\d+"', b'ount="99999999999"', entries["xl/sharedStrings.xml"]
    )


def misname(entries: dict[str, bytes]) -> None:
    entries["xl/workbook.xml"] = entries["xl/workbook.xml"].replace(b'encoding="UTF-8"', b'encoding="UTF-U"')


def test_an_unknown_encoding_is_refused() -> None:
    assert refusal(repacked(packed(building()), misname))[0] == "cobie.not_a_workbook"


@pytest.mark.parametrize("change", [declare, widen, promise])
def test_xml_that_no_spreadsheet_writes(change: Callable[[dict[str, bytes]], None]) -> None:
    assert refusal(repacked(packed(building()), change))[0] == "cobie.unsafe_xml"


def test_one_far_cell_does_not_ask_for_the_whole_grid() -> None:
    content = spreadsheet(
        {"Type": [["Name", "Category"], ["a", "b"]]},
        finish=lambda book, sheet: sheet.write(1_048_575, 16_383, "far"),
    )
    code, facts = refusal(content)
    assert code == "cobie.sheet_too_large"
    assert facts == {"sheet": "Type", "rows": 1_048_576, "columns": 16_384}


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="B999999999"><v>1</v></c>', b'<c r="ZZZZZZ2"><v>1</v></c>', b"<c r = 'XFD1048576'><v>1</v></c>",
        b'<c s="0"r="XFD1048576"><v>1</v></c>', b'<c r="xfd1048576"><v>1</v></c>',
        b'</row><row r="4294967290"><c><v>1</v></c>',
    ],
)  # fmt: skip
def test_no_spelling_of_a_far_cell_slips_through(cell: bytes) -> None:
    """The parser would allocate the rectangle and abort the whole process."""

    def change(entries: dict[str, bytes]) -> None:
        entries[FIRST] = entries[FIRST].replace(b"</row></sheetData>", cell + b"</row></sheetData>")

    content = repacked(spreadsheet({"Type": [["Name", "Category"], ["a", "b"]]}), change)
    assert refusal(content)[0] == "cobie.sheet_too_large"


def test_a_place_cannot_hide_behind_blanks() -> None:
    def change(entries: dict[str, bytes]) -> None:
        far = b"<c r" + b" " * 40_000 + b'="XFD1048576"><v>1</v></c></row></sheetData>'
        entries[FIRST] = entries[FIRST].replace(b"</row></sheetData>", far)

    assert refusal(repacked(spreadsheet({"Type": [["Name", "Category"]]}), change))[0] == "cobie.unsafe_xml"


def test_error_cells_are_placed_by_row_and_column() -> None:
    def finish(book, sheet) -> None:
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(4, 28, "=A1&B9", None, "#REF!")

    package = Package(spreadsheet({"Type": [["Name"]]}, finish=finish), Limits())
    assert package.extent("Type") == Extent(5, 29, {(2, 2): "#DIV/0!", (5, 29): "#REF!"})


@pytest.mark.parametrize(
    "piece", [b'<c t="e" ', b'<c r="A1" t="e">', b"<row ", b' r="A1" t="e"', b"<c <c t="]
)
def test_scanning_hostile_text_stays_linear(piece: bytes) -> None:
    data = b"<worksheet>" + piece * (3_000_000 // len(piece))
    content = repacked(spreadsheet({"Type": [["Name"]]}), lambda entries: entries.update({FIRST: data}))
    began = time.perf_counter()
    with suppress(WorkbookRefused):
        Package(content, Limits(ratio=10_000)).extent("Type")
    assert time.perf_counter() - began < 3


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16_384)])
def test_column_letters(letters: str, number: int) -> None:
    assert column_number(letters.encode()) == number
    assert column_letters(number) == letters
