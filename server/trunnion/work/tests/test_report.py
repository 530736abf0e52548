"""The report of an order's work: what stands on its pages, in both languages, with pictures; and who may have it."""

import io

import pypdfium2
import pytest
from PIL import Image

from trunnion.attach.commands import file
from trunnion.attach.tests.builders import jpeg, strokes64
from trunnion.kernel.errors import NotVisible, Refusal
from trunnion.work.commands import task
from trunnion.work.models import Order, Task
from trunnion.work.queries import get_report

PDF = "application/pdf"


@pytest.fixture
def done(shop):
    """An order whose work is done, with a check that failed, a photo of each side and the customer's signature."""
    made = shop.in_state("in_progress", description="Drips on the floor\nsince Monday")
    task.add(shop.owner, made, ["Coupling without play"])
    check = Task.objects.of(shop.owner).get(order_id=made)
    task.answer(shop.owner, check.id, result="fail", note="Worn")
    for role, colour in (("before", "red"), ("after", "green")):
        stored = file.store(shop.owner, f"{role}.jpg", [jpeg((1600, 1200), colour=colour)])
        file.link(shop.owner, stored.id, kind=Order.kind, row_id=made, role=role)
    shop.do("complete", made, remedy="Seal replaced")
    shop.do(
        "confirm",
        made,
        signer_name="赵敏",
        signature_png_base64=strokes64(),
        remark="Please come back in May",
    )
    return made


def pages(made):
    """The text of a PDF's pages, and how many pictures stand on them."""
    document = pypdfium2.PdfDocument(io.BytesIO(made.content))
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    kinds = [thing.type for page in document for thing in page.get_objects()]
    return text.replace("\r\n", "\n"), kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE)


def test_it_tells_what_was_asked_done_and_confirmed(shop, done):
    made = get_report(shop.owner, done, "en")
    text, pictures = pages(made)
    row = shop.row(done)
    assert made.name == f"{row.number}.pdf"
    for told in (
        "Service report", row.number, "Feed pump 2", "SN-77", "Drips on the floor", "Seal replaced", "Worn", "Fail",
        "Before", "After", "Accepted with remarks by", "赵敏", "Please come back in May", "Page 1 of",
    ):  # fmt: skip
        assert told in text, told
    assert pictures == 3
    assert str(row.confirmed_at.year) in text


def test_it_speaks_chinese_with_its_own_font(shop, done):
    text, _ = pages(get_report(shop.owner, done, "zh-CN"))
    for told in ("服务报告单", "处理措施", "不合格", "维修前", "维修后", "赵敏", "年"):
        assert told in text, told
    assert b"TrunnionLabels" in get_report(shop.owner, done, "zh-CN").content


def test_large_photos_are_made_small(shop, done):
    assert len(get_report(shop.owner, done, "en").content) < 600_000


def test_many_photos_run_over_pages_that_say_whose_they_are(shop, done):
    for n in range(7):
        stored = file.store(shop.owner, f"{n}.png", [_noise(n)])
        file.link(shop.owner, stored.id, kind=Order.kind, row_id=done, role="after")
    document = pypdfium2.PdfDocument(io.BytesIO(get_report(shop.owner, done, "en").content))
    assert len(document) > 1
    for page in document:
        assert shop.row(done).number in page.get_textpage().get_text_bounded()


def test_words_are_never_markup(shop):
    made = shop.in_state("completed", title='#panic("x") $1+1$ *no* [b]')
    text, _ = pages(get_report(shop.owner, made, "en"))
    assert '#panic("x") $1+1$ *no* [b]' in text


@pytest.mark.parametrize("state", ["requested", "in_progress", "cancelled"])
def test_what_is_not_done_has_no_report(shop, state):
    with pytest.raises(Refusal) as refused:
        get_report(shop.owner, shop.in_state(state), "en")
    assert refused.value.code == "order.report_not_yet"


def test_nobody_elses(shop, done):
    stranger = shop.tenant.person("engineer")
    with pytest.raises(NotVisible):
        get_report(stranger, done, "en")


def test_the_route_answers_a_file(shop, done):
    client = shop.tenant.client(shop.tenant.membership_of(shop.owner).email)
    answer = client.get(f"/api/work/orders/{done}/report.pdf?language=zh-CN")
    assert answer.status_code == 200
    assert answer["Content-Type"] == PDF
    assert answer["Content-Disposition"] == f'attachment; filename="{shop.row(done).number}.pdf"'
    assert "服务报告单" in pages(type("Made", (), {"content": answer.content}))[0]


def _noise(n):
    out = io.BytesIO()
    Image.effect_noise((300, 200), 40 + n).save(out, "PNG")
    return out.getvalue()
