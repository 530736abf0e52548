"""Any scanned text is understood or said not to be; GS1 goes round; what it leads to honours policies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunnion.assets.commands import blank, qr
from trunnion.assets.queries.codes import address, get_code
from trunnion.assets.queries.scans import resolve
from trunnion.assets.rules import gs1
from trunnion.assets.rules.scans import ScanForm, understand
from trunnion.assets.tests.builders import customer, pump
from trunnion.attach.commands import reference
from trunnion.kernel.journal import enter_organisation

GTIN = "09506000134352"
SERIALS = st.text("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijk0123456789-_./", min_size=1, max_size=20).filter(
    lambda text: text not in {".", ".."}
)


@st.composite
def elements(draw) -> dict[str, str]:
    """A key with a serial, a batch and a date, as makers put them on plates."""
    figures = draw(st.text("0123456789", min_size=13, max_size=13))
    found = draw(
        st.sampled_from(
            [
                {"01": figures + gs1.check_digit(figures)},
                {"8003": "0" + figures[:12] + gs1.check_digit(figures[:12]) + draw(SERIALS)[:16]},
                {"8004": draw(SERIALS)},
            ]
        )
    )
    if "01" in found:
        found = found | draw(
            st.sampled_from([{}, {"21": draw(SERIALS)}, {"10": draw(SERIALS), "21": draw(SERIALS)}])
        )
    return found


@given(elements())
def test_elements_go_round(told):
    assert gs1.read_elements(gs1.written(told)) == told
    assert gs1.read_link(gs1.linked(told)) == told
    assert gs1.faults(told) == []


@given(st.text(max_size=300))
def test_nothing_raises(text):
    for variant in (
        text,
        "]C1" + text,
        "https://a.example/01/" + text,
        "(01)" + text,
        "https://" + text,
        "01" + text,
    ):
        read = understand(variant)
        assert read.form in ScanForm
        assert gs1.faults(read.elements) is not None


@given(st.text("0123456789", min_size=7, max_size=13), st.integers(1, 9))
def test_one_wrong_figure_is_noticed(figures, by):
    good = figures + gs1.check_digit(figures)
    assert gs1.is_checked(good)
    wrong = str((int(good[0]) + by) % 10) + good[1:]
    assert not gs1.is_checked(wrong)


@pytest.mark.parametrize(
    ("text", "form", "identifier"),
    [
        (f"https://id.gs1.org/01/{GTIN}/21/AB-1?17=261231", "gs1_link", ("gs1.sgtin", f"{GTIN}.AB-1")),
        ("https://maker.example/x/gtin/9506000134352/ser/7", "gs1_link", ("gs1.sgtin", f"{GTIN}.7")),
        ("https://maker.example/8004/0614141A%2F1", "gs1_link", ("gs1.giai", "0614141A/1")),
        ("https://maker.example/8003/09506000134352XYZ", "gs1_link", ("gs1.grai", "09506000134352XYZ")),
        (f"]C101{GTIN}10L7\x1d21S9", "gs1_elements", ("gs1.sgtin", f"{GTIN}.S9")),
        (f"(01){GTIN}(21)S(9)", "gs1_elements", ("gs1.sgtin", f"{GTIN}.S(9)")),
        (f"01{GTIN}21S9", "gs1_elements", ("gs1.sgtin", f"{GTIN}.S9")),
        ("9506000134352", "plain", ("gs1.gtin", GTIN)),
        (
            "https://I.Maker.example/Ab?.1P=X&.S=77#top",
            "identification_link",
            ("iec61406", "https://i.maker.example/Ab?.1P=X&.S=77"),
        ),
    ],
)
def test_what_makers_print_is_understood(text, form, identifier):
    read = understand(text)
    assert (read.form, read.identifiers[0], read.faults) == (form, identifier, ())


def test_identification_links_say_serial_and_part():
    read = understand("https://i.maker.example/?.1P=MP-65&.S=77")
    assert (read.serial, read.part, read.host) == ("77", "MP-65", "i.maker.example")
    assert understand("https://a.example/" + "x" * 300).faults == ("link_too_long",)
    assert understand("https://a.example/01/news").form == ScanForm.IDENTIFICATION_LINK


def test_a_wrong_check_digit_is_said(tenant):
    enter_organisation(tenant.id)
    found = resolve(tenant.owner, "https://id.gs1.org/01/09506000134353/21/AB")
    assert (found["outcome"], found["offers"]) == ("faulty", [])
    assert [f["code"] for f in found["understood"]["faults"]] == ["gtin_check_digit"]


def scanned(ctx, text):
    enter_organisation(ctx.organisation_id)
    found = resolve(ctx, text)
    return found["outcome"], [(m["asset_id"], m["by"]) for m in found["matches"]]


def test_own_labels_lead_to_their_asset(tenant, other):
    ctx, made = tenant.owner, pump(tenant.owner)
    theirs = pump(other.owner)
    enter_organisation(other.id)
    foreign = get_code(other.owner, theirs)["path"]
    enter_organisation(tenant.id)
    token = get_code(ctx, made)["path"].removeprefix("/q/")
    for text in (address(token), token, f"https://moved.example.org/q/{token}", f" {address(token)}\n"):
        assert scanned(ctx, text) == ("found", [(made, "label")])
    assert scanned(ctx, "https://assets.example.com" + foreign) == ("unknown", [])
    qr.reissue(ctx, asset_id=made, reason="torn")
    assert scanned(ctx, address(token)) == ("revoked", [])


def test_a_blank_label_offers_to_be_bound(tenant):
    ctx = tenant.owner
    code_id = blank.issue_blank(ctx, count=1).ids[0]
    enter_organisation(ctx.organisation_id)
    from trunnion.assets.models import QrCode

    row = QrCode.objects.of(ctx).get(id=code_id)
    for text in (address(row.token), row.short_code):
        enter_organisation(ctx.organisation_id)
        found = resolve(ctx, text)
        assert (found["outcome"], [o["do"] for o in found["offers"]]) == ("blank", ["bind"])
    assert resolve(tenant.person("read_only"), row.short_code)["offers"] == []


def test_facts_and_references_lead_to_assets(tenant):
    ctx = tenant.owner
    made = pump(ctx, "Feed pump", serial="SN-77", barcode="6901234567892", tag="P-101")
    second = pump(ctx, "Spare pump")
    reference.set_(ctx, kind="assets.asset", row_id=second, scheme="gs1.sgtin", identifier=f"{GTIN}.S9")
    reference.set_(ctx, kind="assets.asset", row_id=second, scheme="erp", identifier="10004711")
    reference.set_(
        ctx, kind="assets.asset", row_id=second, scheme="iec61406", identifier="https://i.maker.example/x?y=1"
    )
    for text, by in (
        ("SN-77", "serial"),
        ("6901234567892", "barcode"),
        ("P-101", "tag"),
        ("a-000001", "number"),
    ):
        assert scanned(ctx, text) == ("found", [(made, by)]), text
    for text in (
        f"]C101{GTIN}21S9", f"https://id.gs1.org/01/{GTIN}/21/S9", "10004711", "https://I.MAKER.example/x?y=1#z",
    ):  # fmt: skip
        assert scanned(ctx, text) == ("found", [(second, "reference")]), text
    # The serial on a plate of which only the model's number is new.
    assert scanned(ctx, f"(01){GTIN}(21)SN-77") == ("found", [(made, "serial")])
    pump(ctx, "Twin", serial="SN-77")
    assert scanned(ctx, "SN-77")[0] == "several"


def test_what_is_unknown_says_what_to_do_as_far_as_one_may(tenant):
    ctx = tenant.owner
    enter_organisation(tenant.id)
    found = resolve(ctx, f"https://id.gs1.org/01/{GTIN}/21/NEW1")
    assert found["outcome"] == "unknown"
    assert found["offers"] == [
        {"do": "create_asset", "with": {"serial": "NEW1"}},
        {"do": "set_reference", "with": {"scheme": "gs1.sgtin", "identifier": f"{GTIN}.NEW1"}},
    ]
    assert [o["do"] for o in resolve(tenant.person("read_only"), "NEW1")["offers"]] == []
    assert resolve(ctx, " \n")["outcome"] == "empty"
    assert resolve(ctx, "a\x00b")["outcome"] == "unknown"


def test_customers_see_their_own_only(tenant, other):
    ctx = tenant.owner
    owner = customer(ctx)
    mine = pump(ctx, "Theirs", serial="SN-1", owner_party_id=owner)
    pump(ctx, "Not theirs", serial="SN-2")
    guest = tenant.person("customer_user")
    from trunnion.kernel.context import Scope

    guest = guest.with_(scope=Scope(party_ids=frozenset({owner})))
    assert scanned(guest, "SN-1") == ("found", [(mine, "serial")])
    assert scanned(guest, "SN-2") == ("unknown", [])
    assert scanned(other.owner, "SN-1") == ("unknown", [])


def test_the_route_takes_separators_in_both_ways(tenant):
    made, client = pump(tenant.owner, serial="S9"), tenant.client()
    said = {"text": f"]C101{GTIN}10L7\x1d21S9"}
    for answer in (
        client.post("/api/assets/scan", said, content_type="application/json"),
        client.get("/api/assets/scan", said),
    ):
        assert answer.status_code == 200, answer.content
        assert [m["asset_id"] for m in answer.json()["matches"]] == [str(made)]
    assert (
        client.post("/api/assets/scan", {"text": "x" * 2001}, content_type="application/json").status_code
        == 422
    )
