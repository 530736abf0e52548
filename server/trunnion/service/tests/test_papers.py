"""The report of finished work: for whoever reported and for the customer it is about, and for nobody else."""

import io

import pypdfium2

from trunnion.work.commands import task
from trunnion.work.models import Task

from .builders import Guest, signature
from .test_own import Customers, customers, get  # noqa: F401  (a fixture)


def pages(answer):
    document = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def confirmed(service, guest):
    token, row = service.reported(guest, contact_name="Zhao Min", contact_phone="13800138000")
    service.bring(row, "dispatch", "start", "complete")
    guest.act(token, "confirm", name="陈宇", signature_png_base64=signature())
    return token, row


def test_a_reporter_has_the_report_in_their_language(service):
    guest = Guest()
    token, row = confirmed(service, guest)
    assert guest.progress(token).json()["has_report"] is True
    english = guest.client.get(f"/api/service/progress/{token}/report.pdf")
    assert english["Content-Type"] == "application/pdf"
    told = pages(english).replace("\r\n", " ")
    for word in (
        "Service report",
        row.order.number,
        "Leaks at the seal",
        "Seal replaced",
        "陈宇",
        "Accepted by",
    ):
        assert word in told, word
    assert "服务报告单" in pages(guest.client.get(f"/api/service/progress/{token}/report.pdf?language=zh-CN"))


def test_it_names_the_engineer_as_the_page_does_and_no_reporter(service):
    token, _ = confirmed(service, Guest())
    told = pages(Guest().client.get(f"/api/service/progress/{token}/report.pdf"))
    assert "Li Wei" not in told
    assert "Zhao Min" not in told
    assert "13800138000" not in told


def test_before_the_work_is_done_there_is_none(service):
    guest = Guest()
    token, row = service.reported(guest)
    service.bring(row, "dispatch", "start")
    assert guest.progress(token).json()["has_report"] is False
    assert guest.client.get(f"/api/service/progress/{token}/report.pdf").status_code == 409


def test_who_only_follows_has_none(service):
    guest = Guest()
    confirmed(service, guest)
    follower = service.reported(Guest(address="192.0.2.9"), text="Rattles")[0]
    assert guest.client.get(f"/api/service/progress/{follower}/report.pdf").status_code == 409
    open_ = guest.scan(service.label).json()["open"][0]["progress_token"]
    assert guest.client.get(f"/api/service/progress/{open_}/report.pdf").status_code == 403


def test_what_was_merged_shows_nobody_elses_paper(service):
    first, row = service.reported(Guest())
    second, other = service.reported(Guest(address="192.0.2.9"), text="Rattles")
    service.do("merge", service.order_of(other), into_id=service.order_of(row))
    service.bring(row, "dispatch", "start", "complete")
    assert Guest().progress(second).json()["has_report"] is False
    assert Guest().client.get(f"/api/service/progress/{second}/report.pdf").status_code == 404
    assert Guest().client.get(f"/api/service/progress/{first}/report.pdf").status_code == 200


def test_a_customer_has_their_own_and_nobody_elses(customers):  # noqa: F811
    service = customers.service
    made = customers.report(customers.client, customers.south).json()
    row = service.request(made["number"])
    service.bring(row, "dispatch", "start", "complete")
    path = f"service/own/requests/{row.id}/report.pdf"
    assert "Does not turn" in pages(get(customers.client, path))
    assert get(customers.mill_client, path).status_code == 404
    assert get(customers.north_client, path).status_code == 404


def test_what_was_looked_at_is_told_once_it_is_to_be_confirmed(service):
    guest = Guest()
    token, row = service.reported(guest)
    service.bring(row, "dispatch", "start")
    task.add(service.owner, service.order_of(row), ["Bearing"], asks="number", unit="°C", high="80")
    check = Task.objects.of(service.owner).get()
    task.answer(service.owner, check.id, value="92")
    assert guest.progress(token).json()["checks"] == []
    service.bring(row, "complete")
    told = guest.progress(token).json()["checks"]
    assert told == [{"title": "Bearing", "value": "92 °C", "result": "fail", "result_words": "Fail"}]
    follower = guest.progress(token).json()["follow_token"]
    assert guest.progress(follower).json()["checks"] == []


def test_a_reporter_may_pass_on_a_link_that_only_shows(service):
    guest = Guest()
    token, _ = service.reported(guest)
    follower = guest.progress(token).json()["follow_token"]
    shown = guest.progress(follower).json()
    assert (shown["role"], shown["follow_token"], shown["text"]) == ("follower", None, None)
    assert guest.act(follower, "urge").status_code == 403


def test_an_engineer_asks_for_the_signature_by_link(service):
    token, row = service.reported(Guest())
    order_id = service.order_of(row)
    client = service.tenant.client(service.tenant.membership_of(service.engineer).email)
    path = f"/api/service/orders/{order_id}/ask_to_sign"
    early = client.post(path, {}, content_type="application/json")
    service.bring(row, "dispatch", "start")
    assert early.status_code == 404
    assert client.post(path, {}, content_type="application/json").json()["code"] == "service.nothing_to_sign"
    service.bring(row, "complete")
    made = client.post(path, {}, content_type="application/json").json()
    assert made["link"].endswith(made["path"])
    assert made["picture"].startswith("data:image/svg+xml")
    afar = Guest(address="192.0.2.20")
    done = afar.act(
        made["path"].removeprefix("/p/"), "confirm", name="陈宇", signature_png_base64=signature()
    )
    assert done.status_code == 200
    assert service.row(order_id).state == "confirmed"
    assert made["path"] != f"/p/{token}"


def test_without_a_report_there_is_no_page_to_sign_on(service):
    made = service.in_state("completed")
    client = service.tenant.client(service.tenant.membership_of(service.engineer).email)
    answer = client.post(f"/api/service/orders/{made}/ask_to_sign", {}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "service.nobody_asked")
