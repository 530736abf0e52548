"""Labels of assets: templates, prints by ids and by a filter, jobs, and everything that is refused."""

import zipfile

import pypdfium2
import pytest
import zxingcpp

from trunnion.assets.commands import qr
from trunnion.assets.queries.codes import address, get_code
from trunnion.assets.tests.builders import pump, room, site
from trunnion.attach.labels import tasks as labels_tasks
from trunnion.attach.labels.commands import label, printer, template
from trunnion.attach.labels.models import LabelPrint, LabelTemplate
from trunnion.attach.labels.queries import draw, get_calibration, get_drawing, get_template
from trunnion.attach.tests.builders import jpeg, stored
from trunnion.kernel import jobs, worker
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, Refusal
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.listing.exports import path_of

SHEET = {
    "page": "a4", "rows": 7, "columns": 3, "label_width": 63.5, "label_height": 38.1, "margin_top": 15.15,
    "margin_left": 7.25, "gap_x": 2.5,
}  # fmt: skip
CONTENT = {
    "code_mm": 20,
    "fields": [{"name": "name", "size_pt": 9, "lines": 2}, {"name": "place", "size_pt": 7}],
}


def a_template(ctx, **facts):
    return template.create(
        ctx, **{"kind": "assets.asset", "name": "Shop floor", "sheet": SHEET, "content": CONTENT} | facts
    ).id


def printed(ctx, **facts):
    """A print of assets by a shipped template."""
    return label.print_(ctx, **{"kind": "assets.asset", "preset": "a4_3x7"} | facts)


def file_of(ctx, done):
    enter_organisation(ctx.organisation_id)
    return draw(get_drawing(ctx, done.id))


def read(pdf: bytes) -> list[set[str]]:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.render(scale=200 / 72).to_pil().convert("L") for page in document]
    document.close()
    return [{found.text for found in zxingcpp.read_barcodes(page)} for page in pages]


def faults(refused) -> list[tuple[str, str]]:
    return [(e.pointer, e.code) for e in refused.value.errors]


def test_a_sheet_leads_to_its_assets(tenant):
    ctx = tenant.owner
    place = room(ctx, site(ctx, "北区"), "泵房")
    ids = [pump(ctx, name, location_id=place) for name in ("Feed pump", "离心给水泵", "Fan")]
    done = label.print_(ctx, kind="assets.asset", template_id=a_template(ctx), ids=ids, start=21)
    assert (done.labels, done.pages, done.job_id) == (3, 2, None)
    made = file_of(ctx, done)
    assert made.name.endswith(".pdf")
    codes = [address(get_code(ctx, i)["path"].removeprefix("/q/")) for i in ids]
    assert read(made.content) == [{codes[0]}, set(codes[1:])]


def test_who_has_no_code_gets_one_in_the_same_transaction(tenant):
    ctx, made = tenant.owner, pump(tenant.owner)
    qr.revoke(ctx, asset_id=made, reason="lost")
    done = printed(ctx, ids=[made])
    enter_organisation(ctx.organisation_id)
    assert get_code(ctx, made)["path"]
    assert len(get_drawing(ctx, done.id).labels) == 1


def test_a_filter_prints_what_the_list_shows(tenant):
    ctx = tenant.owner
    pump(ctx, "Fan 1"), pump(ctx, "Fan 2"), pump(ctx, "Pump")
    done = printed(ctx, search="Fan", copies=2)
    assert (done.labels, done.pages) == (4, 1)
    enter_organisation(ctx.organisation_id)
    assert [one.fields["name"] for one in get_drawing(ctx, done.id).labels] == ["Fan 1", "Fan 2"]
    with pytest.raises(Invalid) as why:
        printed(ctx, search="nothing of the kind")
    assert faults(why) == [("/filter", "bulk.no_rows")]


def test_many_are_drawn_by_a_job_with_progress(tenant, monkeypatch):
    ctx = tenant.owner
    monkeypatch.setattr(label, "AT_ONCE", 3)
    ids = [pump(ctx, f"Pump {n}") for n in range(4)]
    done = printed(ctx, ids=ids)
    with pytest.raises(Refusal) as why:
        get_drawing(ctx, done.id, most=label.AT_ONCE)
    assert why.value.code == "label.made_by_job"
    worker.settle([ctx.organisation_id])
    told = jobs.get_job(ctx, done.job_id)
    assert (told["state"], told["progress_done"], told["progress_total"]) == ("done", 4, 4), told
    assert len(read(path_of(done.job_id).read_bytes())[0]) == 4


def test_a_large_print_is_several_files_in_one_archive(tenant, monkeypatch):
    ctx = tenant.owner
    monkeypatch.setattr(label, "AT_ONCE", 3)
    monkeypatch.setattr(labels_tasks, "MOST_IN_A_FILE", 4)
    ids = [pump(ctx, f"Pump {n}") for n in range(5)]
    done = printed(ctx, ids=ids, start=20)
    worker.settle([ctx.organisation_id])
    told = jobs.get_job(ctx, done.job_id)
    assert told["state"] == "done", told
    assert told["result"]["name"].endswith(".zip")
    with zipfile.ZipFile(path_of(done.job_id)) as archive:
        found = [read(archive.read(name)) for name in archive.namelist()]
    assert [[len(page) for page in file] for file in found] == [[2], [3]]


def test_rolls_are_printed_as_zpl_too(tenant):
    ctx, made = tenant.owner, pump(tenant.owner, "水泵 1")
    done = printed(ctx, ids=[made], preset="roll_60x40", form="zpl", copies=2)
    text = file_of(ctx, done).content.decode()
    assert "^BQN,2," in text
    assert get_code(ctx, made)["path"] in text
    assert "^PQ2" in text


@pytest.mark.parametrize(
    ("facts", "pointer", "code"),
    [
        ({"sheet": SHEET | {"label_width": 220}}, "/sheet/label_width", "label.too_wide"),
        ({"sheet": SHEET | {"gap_y": -1}}, "/sheet/gap_y", "field.greater_than_equal"),
        ({"sheet": SHEET | {"columns": 0}}, "/sheet/columns", "field.greater_than_equal"),
        ({"sheet": None}, "/sheet", "label.sheet_or_roll"),
        ({"roll": {"label_width": 60, "label_height": 40}}, "/sheet", "label.sheet_or_roll"),
        ({"content": {"fields": [{"name": "colour"}]}}, "/content/fields/0/name", "label.field_unknown"),
        ({"content": {"code_mm": 0, "fields": []}}, "/content/fields", "label.empty"),
        ({"content": CONTENT | {"logo_mm": 6}}, "/logo_file_id", "label.logo_missing"),
        ({"kind": "parties.party"}, "/kind", "label.kind_unknown"),
        ({"name": "shop FLOOR"}, "/name", "label.name_taken"),
    ],
)
def test_a_template_that_cannot_be_is_refused_with_its_field(tenant, facts, pointer, code):
    a_template(tenant.owner)
    with pytest.raises(Invalid) as why:
        a_template(tenant.owner, **{"name": "Other"} | facts)
    assert faults(why) == [(pointer, code)]
    assert LabelTemplate.objects.of(tenant.owner).count() == 1


@pytest.mark.parametrize(
    ("facts", "pointer", "code"),
    [
        ({"preset": "a5"}, "/preset", "label.preset_unknown"),
        ({"preset": None}, "/template_id", "label.template_or_preset"),
        ({"start": 0}, "/start", "label.start_out_of_sheet"),
        ({"start": 22}, "/start", "label.start_out_of_sheet"),
        ({"copies": 0}, "/copies", "label.copies_out_of_range"),
        ({"copies": 10_000}, "/copies", "label.too_many"),
        ({"form": "zpl"}, "/form", "label.zpl_needs_roll"),
        ({"ids": []}, "/ids", "bulk.no_rows"),
        ({"search": "x"}, "/ids", "bulk.ids_or_filter"),
        ({"kind": "work.order"}, "/kind", "label.kind_unknown"),
    ],
)
def test_a_print_that_cannot_be_is_refused_with_its_field(tenant, facts, pointer, code):
    ids = [pump(tenant.owner), pump(tenant.owner)]
    with pytest.raises(Invalid) as why:
        printed(tenant.owner, **{"ids": ids} | facts)
    assert faults(why) == [(pointer, code)]
    assert LabelPrint.objects.of(tenant.owner).count() == 0


def test_ten_thousand_and_one_labels_are_too_many(tenant):
    made = pump(tenant.owner)
    with pytest.raises(Invalid) as why:
        printed(tenant.owner, ids=[made, *(tenant.id.__class__(int=n) for n in range(10_000))])
    assert faults(why) == [("/ids", "label.too_many")]


def test_walls_rights_and_scopes(tenant, other):
    mine, theirs = pump(tenant.owner), pump(other.owner)
    with pytest.raises(Invalid) as why:
        printed(tenant.owner, ids=[mine, theirs])
    assert faults(why) == [("/ids/1", "reference_unknown")]
    foreign = a_template(other.owner)
    with pytest.raises(Invalid) as why:
        printed(tenant.owner, ids=[mine], preset=None, template_id=foreign)
    assert faults(why) == [("/template_id", "reference_unknown")]
    engineer = tenant.person("engineer")
    done = printed(engineer, ids=[mine])
    for refused in (lambda: a_template(engineer), lambda: template.remove(engineer, template_id=foreign)):
        with pytest.raises(NotGranted):
            refused()
    with pytest.raises(NotGranted):
        printed(tenant.person("customer_user"), ids=[mine])
    # What somebody printed is theirs; colleagues print for themselves.
    enter_organisation(tenant.id)
    with pytest.raises(NotVisible):
        get_drawing(tenant.person("planner"), done.id)


def test_a_template_changes_and_goes_while_prints_stay(tenant):
    ctx, made = tenant.owner, pump(tenant.owner)
    picture = stored(ctx, "mark.jpg", jpeg((300, 100))).id
    kept = a_template(ctx, logo_file_id=picture, content=CONTENT | {"logo_mm": 5, "code_mm": 18})
    done = label.print_(ctx, kind="assets.asset", template_id=kept, ids=[made])
    template.edit(ctx, template_id=kept, name="Renamed", roll={"label_width": 70, "label_height": 50})
    enter_organisation(ctx.organisation_id)
    assert get_template(ctx, kept)["medium"] == "roll"
    with pytest.raises(Invalid) as why:
        template.edit(ctx, template_id=kept, roll={"label_width": 20, "label_height": 20})
    assert "label.code_too_large" in [code for _, code in faults(why)]
    template.remove(ctx, template_id=kept)
    page = pypdfium2.PdfDocument(file_of(ctx, done).content)[0]
    assert round(page.get_width() * 25.4 / 72) == 210


def test_a_printer_keeps_its_offset_by_name(tenant):
    ctx, made = tenant.owner, pump(tenant.owner)
    hall = printer.create(ctx, name="Hall", offset_x_mm="1.5").id
    with pytest.raises(Invalid) as why:
        printer.create(ctx, name="HALL")
    assert faults(why) == [("/name", "label.name_taken")]
    with pytest.raises(Invalid):
        printer.create(ctx, name="Far", offset_x_mm=21)
    done = printed(ctx, ids=[made], printer_id=hall)
    printer.edit(ctx, printer_id=hall, offset_y_mm="-0.5")
    enter_organisation(ctx.organisation_id)
    run = get_drawing(ctx, done.id).run
    assert (float(run.offset_x), float(run.offset_y)) == (1.5, 0.0)
    page = get_calibration(ctx, hall, "a4", a_template(ctx))
    assert page.content.startswith(b"%PDF")
    with pytest.raises(Invalid):
        get_calibration(ctx, hall, "a0", None)
    printer.remove(ctx, printer_id=hall)


def test_the_routes(tenant):
    ctx, client, made = tenant.owner, tenant.client(), pump(tenant.owner)
    said = {"kind": "assets.asset", "preset": "letter_3x10", "ids": [str(made)]}
    headers = {"HTTP_IDEMPOTENCY_KEY": "once"}
    first = client.post("/api/attach/labels/print", said, content_type="application/json", **headers)
    again = client.post("/api/attach/labels/print", said, content_type="application/json", **headers)
    assert first.status_code == again.status_code == 200, first.content
    assert first.json() == again.json()
    file = client.get(f"/api/attach/label_prints/{first.json()['id']}/file")
    assert (file.status_code, file["Content-Type"]) == (200, "application/pdf")
    assert file["Content-Disposition"].startswith("attachment")
    hall = printer.create(ctx, name="Hall").id
    page = client.get(f"/api/attach/label_printers/{hall}/calibration?page=letter")
    assert page.content.startswith(b"%PDF")
    told = client.get("/api/attach/label_templates/choices").json()
    assert "place" in [f["name"] for k in told["kinds"] if k["kind"] == "assets.asset" for f in k["fields"]]
    assert len(told["presets"]) >= 10
    for path in ("label_templates", "label_printers", "label_prints"):
        assert client.get(f"/api/attach/{path}").status_code == 200
