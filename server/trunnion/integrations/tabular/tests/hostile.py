"""Files that are made to hurt, and a process of its own that opens them and tells what came: `hostile.py FOLDER`."""

import io
import json
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

FAR = 2**31
_ROW = "<table:table-row{}>{}</table:table-row>"
_X = '<table:table-cell{} office:value-type="string"><text:p>x</text:p></table:table-cell>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_DOCUMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGES = "http://schemas.openxmlformats.org/package/2006"


def ods(rows: str) -> bytes:
    """An OpenDocument table."""
    urn = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = " ".join(f'xmlns:{name}="{urn}{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="A">'
        f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<m:manifest xmlns:m="{urn}manifest:1.0"/>'
    return packed(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": manifest,
         "content.xml": content}
    )  # fmt: skip


def xlsx(sheet: str, texts: str = "") -> bytes:
    """A workbook with one sheet."""
    relation = f'<Relationship Id="{{}}" Type="{_DOCUMENTS}/{{}}" Target="{{}}"/>'
    parts = relation.format("r1", "worksheet", "worksheets/sheet1.xml")
    parts += relation.format("r2", "sharedStrings", "sharedStrings.xml")
    top = relation.format("r0", "officeDocument", "xl/workbook.xml")
    return packed({
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGES}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGES}/relationships">{top}</Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGES}/relationships">{parts}</Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_DOCUMENTS}"><sheets>'
                           '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{texts}</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {_MAIN}><sheetData>{sheet}</sheetData></worksheet>",
    })  # fmt: skip


def packed(parts: dict[str, str]) -> bytes:
    """A container of these parts, the first as it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number, (name, text) in enumerate(parts.items()):
            archive.writestr(name, text, None if number else zipfile.ZIP_STORED)
    return out.getvalue()


def files() -> Iterator[tuple[str, bytes, str]]:
    """Name, content and the code of the refusal; none for what is harmless."""
    yield from _documents()
    yield from _workbooks()
    yield from _texts()


def _documents() -> Iterator[tuple[str, bytes, str]]:
    again, rows_again = f' table:number-columns-repeated="{FAR}"', f' table:number-rows-repeated="{FAR}"'
    empty = "<table:table-cell{}/>"
    row = _ROW.format("", _X.format(""))
    yield "value-columns.ods", ods(_ROW.format("", _X.format(again))), "table.repeats_too_often"
    yield "value-rows.ods", ods(_ROW.format(rows_again, _X.format(""))), "table.repeats_too_often"
    far = _ROW.format("", empty.format(again) + _X.format(""))
    yield "empty-columns-before-a-value.ods", ods(far), "table.repeats_too_often"
    yield (
        "empty-rows-before-a-value.ods",
        ods(_ROW.format(rows_again, empty.format("")) + row),
        "table.repeats_too_often",
    )
    deep = row + _ROW.format(' table:number-rows-repeated="900000"', empty.format(""))
    wide = _ROW.format("", empty.format(' table:number-columns-repeated="9000"') + _X.format(""))
    yield "deep-and-wide.ods", ods(deep + wide), "table.unfolds_too_far"
    tail = _ROW.format(
        ' table:number-rows-repeated="1048570"', empty.format(' table:number-columns-repeated="16384"')
    )
    yield "as-every-program-ends-it.ods", ods(row * 3 + tail), ""


def _workbooks() -> Iterator[tuple[str, bytes, str]]:
    styled = "".join(
        f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(3, 1_000_003)
    )
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row><row r="2"><c r="A2"><v>7</v></c></row>'
    yield "a-million-styled-rows.xlsx", xlsx(head + styled), "cobie.sheet_too_large"
    text = f"<si><t>{'长'.join(map(str, range(4_000)))}</t></si>"
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 200_001))
    yield "one-long-text-in-every-cell.xlsx", xlsx(cells, text), "table.too_much_text"
    texts = "".join(f"<si><t>{n}</t></si>" for n in range(100))
    count = texts.replace("<si>", '<si x="99999999999">', 1)
    yield "texts.xlsx", xlsx(cells, texts), ""
    yield "promised-texts.xlsx", xlsx(cells, count.replace("x=", "count=")), "cobie.unsafe_xml"
    yield (
        "two-kinds-at-once.xlsx",
        packed({"a": "b", "xl/workbook.xml": "<workbook/>", "content.xml": "<x/>"}),
        "cobie.not_a_workbook",
    )


def _texts() -> Iterator[tuple[str, bytes, str]]:
    yield "one-line.csv", b"a," * (40 << 20), "table.line_too_long"
    yield "one-cell.csv", b"a" * (60 << 20), "table.line_too_long"
    yield "one-quoted-row.csv", b'"\n",' * (12 << 20), "table.line_too_long"
    yield "nul-far-down.csv", b"a,b\n1,2\n" * 2_000 + b"a\x00b,c\n", "table.not_a_table"
    yield "chinese.csv", "设备名称,序列号\n一号离心泵，甲〇㐀𠀀,SN-1\n".encode("gb18030") * 50_000, ""
    yield (
        "chinese-cut-off.csv",
        "设备名称,序列号\n泵,1\n".encode("gb18030") * 2_000 + b"\xb1",
        "table.encoding_not_found",
    )


def opened(path: Path) -> dict[str, object]:
    """What came of opening a file and reading all of its rows."""
    from trunnion.integrations.tabular.source import open_source
    from trunnion.integrations.tabular.types import Layout
    from trunnion.kernel.errors import Refusal

    code, rows, pace = "", 0, _pace()
    began = time.process_time()
    try:
        source = open_source(path, Layout())
        rows = sum(1 for _ in source.rows(source.sheets[0] if source.sheets else None))
    except Refusal as refusal:
        code = refusal.errors[0].code if refusal.errors else refusal.code
    # What is told of resources would count the process that began this one.
    status = Path("/proc/self/status").read_text("ascii").split()
    peak = int(status[status.index("VmHWM:") + 1]) >> 10
    return {"code": code, "rows": rows, "seconds": (time.process_time() - began) / pace, "mib": peak}


def _pace() -> float:
    """How much slower than usual this machine is just now."""
    began = time.process_time()
    sum(range(10_000_000))
    return max((time.process_time() - began) / 0.2, 1.0)


def main() -> None:
    """Opens each file of a folder."""
    for path in sorted(Path(sys.argv[1]).iterdir()):
        print(json.dumps({"name": path.name, **opened(path)}), flush=True)


if __name__ == "__main__":
    main()
