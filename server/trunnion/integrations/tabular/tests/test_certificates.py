"""Certificates from tables: in, in again, refused with the reason, and taken back with the former one current again."""

from datetime import date

import pytest

from trunnion.assets.commands import asset_batch, certificate
from trunnion.assets.models import Certificate, CertificateKind
from trunnion.assets.types.lines import AssetLine
from trunnion.integrations.tabular.types import ColumnUse, Mapping
from trunnion.integrations.tests.builders import door

from .builders import applied, brought, counts, csv_of, reasons, undone

HEADS = ["设备", "检验类型", "证书编号", "检验日期", "有效期至", "下次检验日期", "发证机构", "备注"]
CERTIFICATES = [
    HEADS,
    ["SN-1", "TSG-T", "T-2024-1", "2024-03-05", "2025-03-04", "", "市特检院", ""],
    ["2号电梯", "电梯定期检验", "T-2024-2", "2024-03-06", "", "", "市特检院", "复检合格"],
    ["SN-1", "TSG-T", "T-2023-1", "2023-03-05", "2024-03-04", "", "", ""],
]


@pytest.fixture
def ctx(tenant):
    ctx = door(tenant)
    prepare(ctx)
    return ctx


def prepare(ctx) -> None:
    """Two lifts and the kind of inspection that they need."""
    asset_batch.ensure_many(ctx, [AssetLine("1号电梯", serial="SN-1"), AssetLine("2号电梯")])
    certificate.create_kind(ctx, code="TSG-T", name="电梯定期检验", interval_months=12)


def current(ctx) -> list[str]:
    return sorted(Certificate.objects.of(ctx).filter(is_current=True).values_list("number", flat=True))


def test_certificates_come_in_again_and_back(ctx):
    lift = CertificateKind.objects.of(ctx).get().id
    made = asset_batch.ensure_many(ctx, [AssetLine("3号电梯", serial="SN-3")]).ids[0]
    certificate.create(ctx, asset_id=made, kind_id=lift, number="T-2022-3", issued_on="2022-03-01")
    rows = [*CERTIFICATES, ["SN-3", "TSG-T", "T-2024-3", "2024-03-07", "", "2024-09-07", "", ""]]
    run = brought(ctx, csv_of(rows, "gb18030"), "certificates")
    assert counts(run) == (4, 0, 0, 0), reasons(ctx, run)
    assert {one["heading"] for one in run.mapping["suggestions"] if one["confidence"] >= 0.8} == set(HEADS)
    run = applied(ctx, run)
    assert counts(run) == (4, 0, 0, 0), reasons(ctx, run)
    assert current(ctx) == ["T-2024-1", "T-2024-2", "T-2024-3"]
    second = Certificate.objects.of(ctx).get(number="T-2024-2")
    assert (second.issuer_name, second.next_due_on, second.remark) == (
        "市特检院",
        date(2025, 3, 6),
        "复检合格",
    )
    assert counts(brought(ctx, csv_of(rows), "certificates")) == (0, 0, 4, 0)
    # Of a renewed number the later day of issue is another certificate; what stands is not changed.
    more = [HEADS, ["SN-1", "TSG-T", "T-2024-1", "2025-03-05", "", "", "", ""], [*rows[1][:6], "别处", ""]]
    later = applied(ctx, brought(ctx, csv_of(more), "certificates"))
    assert counts(later) == (1, 0, 1, 0), reasons(ctx, later)
    assert undone(ctx, later).undone["kept"] == []
    assert current(ctx) == ["T-2024-1", "T-2024-2", "T-2024-3"]
    assert undone(ctx, run).undone["kept"] == []
    assert current(ctx) == ["T-2022-3"]
    assert Certificate.objects.of(ctx).count() == 1


def test_what_was_revoked_since_stays(ctx):
    run = applied(ctx, brought(ctx, csv_of(CERTIFICATES), "certificates"))
    gone = Certificate.objects.of(ctx).get(number="T-2024-1")
    certificate.revoke(ctx, certificate_id=gone.id, reason="假证")
    assert current(ctx) == ["T-2023-1", "T-2024-2"]
    assert len(undone(ctx, run).undone["kept"]) == 1
    assert list(Certificate.objects.of(ctx).values_list("number", "is_current")) == [("T-2024-1", False)]


def test_bad_certificates_say_why(ctx):
    rows = [
        HEADS, ["9号电梯", "TSG-T", "A", "2024-01-01", "", "", "", ""],
        ["SN-1", "锅炉", "B", "2024-01-01", "", "", "", ""],
        ["SN-1", "TSG-T", "", "2024-01-01", "", "", "", ""], ["SN-1", "TSG-T", "C", "2099-01-01", "", "", "", ""],
        ["SN-1", "TSG-T", "D", "2024-01-01", "2023-01-01", "", "", ""], ["SN-1", "TSG-T", "E", "", "", "", "", ""],
        ["SN-1", "TSG-T", "F", "2024-01-01", "", "2023-12-31", "", ""],
    ]  # fmt: skip
    assert reasons(ctx, brought(ctx, csv_of(rows), "certificates")) == {
        2: [("asset_id", "table.not_found")], 3: [("kind_id", "table.not_found")], 4: [("number", "table.missing")],
        5: [("issued_on", "assets.in_future")], 6: [("valid_until_on", "assets.certificate_order")],
        7: [("issued_on", "table.missing")], 8: [("next_due_on", "assets.certificate_order")],
    }  # fmt: skip


def test_kinds_and_issuers_are_made_where_that_was_allowed(ctx):
    rows = [
        ["设备", "检验类型", "证书编号", "检验日期", "检验机构"],
        ["SN-1", "压力容器检验", "P-1", "2024-01-01", "省特检院"],
    ]
    names = ["asset_id", "kind_id", "number", "issued_on", "issuer_id"]
    uses = tuple(
        ColumnUse(n, name, may_create=name in ("kind_id", "issuer_id")) for n, name in enumerate(names)
    )
    run = applied(ctx, brought(ctx, csv_of(rows), "certificates", mapping=Mapping(uses, match_on="number")))
    assert counts(run) == (1, 0, 0, 0), reasons(ctx, run)
    made = Certificate.objects.of(ctx).select_related("certificate_kind", "issuer").get()
    assert (made.certificate_kind.name, made.issuer.name) == ("压力容器检验", "省特检院")
    assert undone(ctx, run).undone["kept"] == []
    assert CertificateKind.objects.of(ctx).count() == 1
