"""What a content is, is told by its bytes."""

import pytest

from trunnion.attach import intake, media
from trunnion.kernel.errors import Invalid

from .builders import jpeg, png, zipped


def recognise(tmp_path, name, data):
    path = tmp_path / "content"
    path.write_bytes(data)
    return media.recognise(path, name)


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("photo.jpg", jpeg(), "image/jpeg"),
        ("photo.txt", png(), "image/png"),
        ("manual.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "application/pdf"),
        ("table.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml"),
         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("letter.docx", zipped("word/document.xml"),
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "application/vnd.ms-excel"),
        ("drawing.dwg", b"AC1032\0\0\0\0", "image/vnd.dwg"),
        ("pack.zip", zipped("a.txt"), "application/zip"),
        ("log.csv", "日期,值\n2026-01-01,3\n".encode(), "text/csv"),
        ("log.csv", "日期,值\n".encode("gb18030"), "text/csv"),
        ("log.csv", "日期\t值\n".encode("utf-16"), "text/csv"),
        ("page.txt", "<html><script>".encode("utf-16"), "text/html"),
        ("notes", b"Bearing replaced", "text/plain"),
        ("MZ.txt", b"MZ is how this text begins", "text/plain"),
        ("log.txt", b"BM is short for breakdown maintenance", "text/plain"),
        ("plan.svg", b"<?xml version='1.0'?><svg xmlns='x'/>", "image/svg+xml"),
        ("picture.jpg", b"<html><script>alert(1)</script>", "text/html"),
        ("data.xml", b"<?xml version='1.0'?><a/>", "application/xml"),
    ],
)  # fmt: skip
def test_the_bytes_tell(tmp_path, name, data, found):
    assert recognise(tmp_path, name, data) == found


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("setup.exe", b"MZ\x90\0\x03\0", "file_dangerous"),
        ("photo.jpg", b"MZ\x90\0\x03\0", "file_dangerous"),
        ("tool", b"\x7fELF\x02", "file_dangerous"),
        ("start.sh", b"#!/bin/sh\n", "file_dangerous"),
        ("readme.bat", b"just text", "file_dangerous"),
        ("macro.xlsx", zipped("xl/workbook.xml", "xl/vbaProject.bin"), "file_has_macros"),
        (
            "old.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"),
            "file_has_macros",
        ),
        ("broken.zip", b"PK\x03\x04" + b"\0" * 50, "file_damaged"),
        ("thing.bin", b"\0\1\2\3\xff\xfe" * 40, "file_type_unknown"),
    ],
)
def test_what_is_not_taken_is_refused_in_words(tmp_path, name, data, code):
    with pytest.raises(Invalid) as refused:
        recognise(tmp_path, name, data)
    assert refused.value.errors[0].code == code


@pytest.mark.parametrize(
    ("name", "media_type", "kept"),
    [
        ("pump.JPG", "image/jpeg", "pump.JPG"),
        ("pump.png", "image/jpeg", "pump.jpg"),
        ("report.pdf", "text/html", "report.pdf.html"),
        ("C:\\fakepath\\泵.jpg", "image/jpeg", "泵.jpg"),
        ("../../etc/passwd", "text/plain", "passwd.txt"),
        ('a<b>:"|?*\n.txt', "text/plain", "ab.txt"),
        ("part.nc", "text/plain", "part.nc"),
        ("program.opt", "text/plain", "program.opt"),
        ("photo.jpg", "text/plain", "photo.jpg.txt"),
        ("  ", "application/pdf", "file.pdf"),
        ("x" * 400 + ".pdf", "application/pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_says_what_the_content_is(name, media_type, kept):
    assert intake.renamed(name, media_type) == kept
