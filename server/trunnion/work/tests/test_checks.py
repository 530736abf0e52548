"""Checks that ask for more than a verdict: each kind's value is looked at, judged and kept, or refused in words."""

import base64

import pytest

from trunnion.attach.commands import file
from trunnion.attach.queries import files_of, signatures_of
from trunnion.attach.tests.builders import jpeg, strokes64
from trunnion.kernel.errors import Invalid, NotVisible
from trunnion.work.commands import task
from trunnion.work.models import Order, Task
from trunnion.work.queries import get_order
from trunnion.work.queries.signed import content


def asked(shop, **what):
    """A check of an order under way."""
    made = shop.in_state("in_progress")
    task.add(shop.owner, made, ["Bearing"], **what)
    return Task.objects.of(shop.owner).get(order_id=made)


@pytest.mark.parametrize(
    ("value", "result"), [("80", "pass"), ("80.01", "fail"), ("-5", "pass"), ("-5.5", "fail"), ("92", "fail")]
)
def test_a_number_is_judged_by_its_limits(shop, value, result):
    row = asked(shop, asks="number", unit="°C", low="-5", high="80")
    task.answer(shop.engineer, row.id, value=value)
    told = get_order(shop.owner, row.order_id)["tasks"][0]
    assert (told["value"], told["unit"], told["result"]) == (value, "°C", result)


def test_nobody_talks_a_number_into_its_limits(shop):
    row = asked(shop, asks="number", high="80")
    task.answer(shop.owner, row.id, value="92", result="pass")
    assert Task.objects.of(shop.owner).get(id=row.id).result == "fail"
    task.answer(shop.owner, row.id, value="79", result="flag", note="Rising")
    assert Task.objects.of(shop.owner).get(id=row.id).result == "flag"


@pytest.mark.parametrize(
    ("what", "value", "pointer", "code"),
    [
        ({"asks": "number"}, "warm", "/value", "task.number_expected"),
        ({"asks": "number"}, "NaN", "/value", "task.number_expected"),
        ({"asks": "date"}, "31.5.2026", "/value", "task.date_expected"),
        ({"asks": "choice", "choices": ["A", "B"]}, "C", "/value", "task.not_offered"),
        ({"asks": "text"}, "", "/value", "field.missing"),
        ({"asks": "barcode"}, "", "/value", "field.missing"),
        ({"asks": "photo"}, "", "/file_id", "field.missing"),
        ({"asks": "signature"}, "Zhao Min", "/signature_png_base64", "field.missing"),
        ({"asks": "check"}, "", "/result", "field.missing"),
        ({"asks": "check"}, "12", "/value", "task.no_value"),
    ],
)
def test_what_is_not_asked_for_is_refused(shop, what, value, pointer, code):
    row = asked(shop, **what)
    with pytest.raises(Invalid) as refused:
        task.answer(shop.owner, row.id, value=value)
    assert [(e.pointer, e.code) for e in refused.value.errors] == [(pointer, code)]
    assert Task.objects.of(shop.owner).get(id=row.id).result == ""


@pytest.mark.parametrize(
    ("what", "value", "result"),
    [
        ({"asks": "tick"}, "", "pass"),
        ({"asks": "text"}, "Oil is clear", "pass"),
        ({"asks": "choice", "choices": ["A", "B"]}, "B", "pass"),
        ({"asks": "date"}, "2026-05-31", "pass"),
        ({"asks": "barcode"}, "F7-1", "pass"),
        ({"asks": "barcode", "choices": ["F7-1"]}, "F7-1", "pass"),
        ({"asks": "barcode", "choices": ["F7-1"]}, "F9-1", "fail"),
    ],
)
def test_values_are_kept(shop, what, value, result):
    row = asked(shop, **what)
    task.answer(shop.engineer, row.id, value=value)
    row.refresh_from_db()
    assert (row.value, row.result) == (value, result)


@pytest.mark.parametrize("asks", ["number", "photo", "signature", "text"])
def test_what_does_not_apply_is_skipped(shop, asks):
    row = asked(shop, asks=asks)
    task.answer(shop.engineer, row.id, result="skipped", note="No bearing")
    row.refresh_from_db()
    assert (row.value, row.result) == ("", "skipped")


def test_a_photo_goes_to_the_order(shop):
    row = asked(shop, asks="photo")
    stored = file.store(shop.engineer, "bearing.jpg", [jpeg()])
    task.answer(shop.engineer, row.id, file_id=stored.id)
    row.refresh_from_db()
    assert (row.result, row.value) == ("pass", str(stored.id))
    assert [(f.file_id, f.role) for f in files_of(shop.owner, Order.kind, row.order_id)] == [
        (stored.id, "after")
    ]


def test_nobody_answers_with_somebody_elses_photo(shop):
    row = asked(shop, asks="photo")
    stored = file.store(shop.owner, "private.jpg", [jpeg()])
    with pytest.raises(NotVisible):
        task.answer(shop.engineer, row.id, file_id=stored.id)


def test_a_signature_stands_under_the_order(shop):
    row = asked(shop, asks="signature")
    task.answer(shop.engineer, row.id, value="Zhao Min", signature_png_base64=strokes64())
    signed = signatures_of(shop.owner, Order.kind, row.order_id)
    assert [(one.signer_name, one.meaning, one.remark) for one in signed] == [
        ("Zhao Min", "witnessed", "Bearing")
    ]
    assert base64.b64decode(strokes64())


@pytest.mark.parametrize(
    ("what", "pointer"),
    [
        ({"asks": "choice", "choices": ["A"]}, "/choices"),
        ({"asks": "text", "choices": ["A", "B"]}, "/choices"),
        ({"asks": "text", "unit": "mm"}, "/unit"),
        ({"asks": "date", "high": "3"}, "/high"),
        ({"asks": "number", "low": "9", "high": "3"}, "/high"),
    ],
)
def test_a_check_that_makes_no_sense_is_refused(shop, what, pointer):
    with pytest.raises(Invalid) as refused:
        asked(shop, **what)
    assert [e.pointer for e in refused.value.errors] == [pointer]
    assert not Task.objects.of(shop.owner).exists()


def test_what_was_signed_before_there_were_values_still_holds(shop):
    row = asked(shop)
    task.answer(shop.owner, row.id, result="pass")
    assert content(shop.owner, row.order_id)["tasks"] == [["Bearing", "pass", ""]]
    other = asked(shop, asks="number")
    task.answer(shop.owner, other.id, value="3")
    assert content(shop.owner, other.order_id)["tasks"] == [["Bearing", "pass", "", "3"]]
