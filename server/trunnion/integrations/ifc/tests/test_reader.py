"""What of an IFC file becomes rows, and how files are refused that are broken or made to do harm."""

import importlib.util
import sys
import time

import pytest

from trunnion.integrations.cobie.types import WorkbookRefused
from trunnion.integrations.ifc.process import Limits
from trunnion.integrations.ifc.reader import read
from trunnion.integrations.ifc.tests.builders import Raw, Step, globalid, stored, tower
from trunnion.kernel.words import say

needs_reader = pytest.mark.skipif(
    importlib.util.find_spec("ifcopenshell") is None, reason="the reader of IFC files is not installed here"
)


def refusal(path, **limits):
    """The code of the refusal, which has words in both languages."""
    with pytest.raises(WorkbookRefused) as refused:
        read(path, limits=Limits(**limits))
    finding = refused.value.finding
    for language in ("en", "zh-CN"):
        words = say(f"refusal.{finding.code}", language, **finding.facts)
        assert not words.startswith("refusal.")
        assert "{" not in words
    return finding.code


@needs_reader
def test_rows_of_a_model(tmp_path):
    book = read(stored(tmp_path, tower()))
    assert {sheet: len(rows) for sheet, rows in book.sheets.items()} == {
        "Facility": 1, "Floor": 1, "Space": 2, "Type": 1, "Component": 3, "Zone": 1, "System": 2, "Attribute": 5,
    }  # fmt: skip
    facility = book.sheets["Facility"][0]
    assert (facility.text("Name"), facility.text("SiteName")) == ("Tower", "S")
    assert facility.text("ExternalFacilityIdentifier") == globalid("building")
    pump = book.sheets["Component"][0]
    assert (pump.text("TypeName"), pump.text("Space")) == ("Pump type", "R1")
    assert pump.text("ExtIdentifier") == globalid("pump1")
    assert book.sheets["Type"][0].text("ModelNumber") == "M1"
    assert [f.code for f in book.findings] == ["ifc.left_out"]
    assert book.findings[0].facts["classes"] == "IfcWall (1)"


@needs_reader
def test_things_of_one_name_are_told_apart(tmp_path):
    book = read(stored(tmp_path, tower(pump="P-2")))
    assert [row.text("Name") for row in book.sheets["Component"]] == ["P-2 (T1)", "P-2 (T2)", "P-3"]


def test_what_is_no_model_is_refused_unopened(tmp_path):
    path = tmp_path / "x.ifc"
    for content, code in (
        (b"", "ifc.not_ifc"), (b"PK\x03\x04zip", "ifc.not_ifc"), (b"<ifcXML/>", "ifc.not_ifc"),
        (b"ISO-10303-21;\nHEADER;", "ifc.truncated"),
    ):  # fmt: skip
        path.write_bytes(content)
        assert refusal(path) == code
    text = tower().text()
    path.write_text(text[: len(text) // 2])
    assert refusal(path) == "ifc.truncated"


def test_a_huge_file_is_refused_unread(tmp_path):
    path = tmp_path / "x.ifc"
    with path.open("wb") as file:
        file.truncate(200 * 1024**2)
    begun = time.monotonic()
    assert refusal(path) == "ifc.file_too_large"
    assert time.monotonic() - begun < 1


@needs_reader
def test_a_file_of_another_schema_or_of_nothing_is_refused(tmp_path):
    assert refusal(stored(tmp_path, Step())) == "ifc.nothing"
    odd = tower().text().replace("'IFC4'", "'CONFIG_CONTROL_DESIGN'")
    path = tmp_path / "odd.ifc"
    path.write_text(odd)
    assert refusal(path) in ("ifc.unreadable", "ifc.stopped")


@needs_reader
def test_two_buildings_are_refused_by_name(tmp_path):
    step = tower()
    step.root("IfcBuilding", "second", "Annex", None, None, None, None, Raw(".ELEMENT."), *[None] * 3)
    assert refusal(stored(tmp_path, step)) == "ifc.several_buildings"


@needs_reader
def test_a_circle_of_parts_ends(tmp_path):
    step = tower()
    one = step.root("IfcPump", "c-one", "C1", None, None, None, None, None)
    two = step.root("IfcPump", "c-two", "C2", None, None, None, None, None)
    step.relate("IfcRelAggregates", "r1", one, [two])
    step.relate("IfcRelAggregates", "r2", two, [one])
    assert len(read(stored(tmp_path, step)).sheets["Component"]) == 5


@needs_reader
def test_bottomless_nesting_does_not_bring_the_server_down(tmp_path):
    step = tower()
    step.lines.append(f"#900000=IFCPROPERTYLISTVALUE('x',$,{'(' * 400_000}{')' * 400_000},$);")
    try:
        book = read(stored(tmp_path, step), limits=Limits(seconds=30))
    except WorkbookRefused as refused:
        assert refused.finding.code in ("ifc.stopped", "ifc.unreadable")  # noqa: PT017  (either is right)
    else:
        assert len(book.sheets["Component"]) == 3


@needs_reader
def test_too_many_things_too_much_memory_too_much_time(tmp_path):
    step = tower()
    for number in range(3000):
        step.root("IfcPump", f"many-{number}", f"M-{number}", None, None, None, None, None)
    path = stored(tmp_path, step)
    assert refusal(path, facts=1000) == "ifc.too_much"
    assert refusal(path, memory_bytes=64 * 1024**2) in ("ifc.stopped", "ifc.not_installed")
    big = tower()
    big.lines += [f"#{n}=IFCCARTESIANPOINT((0.,0.,0.));" for n in range(1000, 400_000)]
    assert refusal(stored(tmp_path, big, "big.ifc"), seconds=0) == "ifc.stopped"


@pytest.mark.skipif(
    sys.executable == sys._base_executable, reason="tests run without an environment of their own"
)
def test_without_the_reader_it_is_said_how_to_install_it(tmp_path):
    found = refusal(stored(tmp_path, tower()), python=sys._base_executable)
    assert found == "ifc.not_installed"


def test_the_server_itself_never_imports_the_reader():
    assert "ifcopenshell" not in sys.modules
