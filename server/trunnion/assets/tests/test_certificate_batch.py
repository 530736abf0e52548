"""Many certificates at once: on record once, the latest current, each wrong line named."""

from datetime import date
from uuid import uuid4

import pytest

from trunnion.assets.commands import certificate, certificate_batch
from trunnion.assets.models import Certificate
from trunnion.assets.tests.builders import pump
from trunnion.assets.types.lines import CertificateLine
from trunnion.kernel.errors import Invalid, NotGranted
from trunnion.kernel.models import Entry


@pytest.fixture
def kind(tenant):
    return certificate.create_kind(tenant.owner, code="TSG-T", name="Lift inspection", interval_months=12).id


def current(ctx) -> list[str]:
    return sorted(Certificate.objects.of(ctx).filter(is_current=True).values_list("number", flat=True))


def test_certificates_come_in_once_and_the_latest_is_current(tenant, kind):
    ctx = tenant.owner
    first, second = pump(ctx, "Lift 1"), pump(ctx, "Lift 2")
    certificate.create(ctx, asset_id=first, kind_id=kind, number="A-24", issued_on="2024-05-01")
    lines = [
        CertificateLine(first, kind, "A-25", date(2025, 5, 1)),
        CertificateLine(first, kind, "A-23", date(2023, 5, 1), valid_until_on=date(2024, 4, 30)),
        CertificateLine(
            second, kind, "B-25", date(2025, 6, 1), next_due_on=date(2027, 6, 1), issuer_name="TÜV"
        ),
        CertificateLine(first, kind, "A-24", date(2024, 5, 1)),
    ]
    done = certificate_batch.ensure_many(ctx, [*lines, lines[0]])
    assert (done.created, done.changed, done.same, done.ids[0]) == (3, 0, 1, done.ids[4])
    assert current(ctx) == ["A-25", "B-25"]
    due = dict(Certificate.objects.of(ctx).values_list("number", "next_due_on"))
    assert due == {
        "A-23": date(2024, 4, 30), "A-24": date(2025, 5, 1), "A-25": date(2026, 5, 1), "B-25": date(2027, 6, 1),
    }  # fmt: skip
    again = certificate_batch.ensure_many(ctx, lines)
    assert (again.created, again.same, again.ids) == (0, 4, done.ids[:4])
    told = Entry.objects.filter(organisation_id=ctx.organisation_id, verb="assets.certificate.ensure_many")
    assert (told.count(), told.filter(events__contains="assets.certificate.recorded").count()) == (2, 1)
    certificate.revoke(ctx, certificate_id=done.ids[0], reason="Wrong lift")
    assert current(ctx) == ["A-24", "B-25"]
    certificate_batch.ensure_many(ctx, [CertificateLine(first, kind, "A-22", date(2022, 5, 1))])
    assert current(ctx) == ["A-24", "B-25"]


def test_what_is_wrong_is_named_and_nothing_is_written(tenant, other, kind):
    ctx = tenant.owner
    made, day = pump(ctx), date(2025, 1, 1)
    good = CertificateLine(made, kind, "C", day)
    for line, pointer in (
        (CertificateLine(uuid4(), kind, "D", day), "/lines/1/asset_id"),
        (CertificateLine(made, uuid4(), "D", day), "/lines/1/kind_id"),
        (CertificateLine(made, kind, "D", day, issuer_party_id=made), "/lines/1/issuer_party_id"),
        (CertificateLine(made, kind, "D", date(2099, 1, 1)), "/lines/1/issued_on"),
        (CertificateLine(made, kind, "D", day, valid_until_on=date(2024, 1, 1)), "/lines/1/valid_until_on"),
        (CertificateLine(made, kind, "D", day, next_due_on=date(2024, 1, 1)), "/lines/1/next_due_on"),
    ):
        with pytest.raises(Invalid) as refused:
            certificate_batch.ensure_many(ctx, [good, line])
        assert refused.value.errors[0].pointer == pointer
    with pytest.raises(Invalid):
        certificate_batch.ensure_many(other.owner, [good])
    with pytest.raises(NotGranted):
        certificate_batch.ensure_many(tenant.person("engineer"), [good])
    assert not Certificate.objects.of(ctx).exists()


def test_a_thousand_certificates_are_looked_up_at_once(tenant, kind, django_assert_max_num_queries):
    ctx, made = tenant.owner, pump(tenant.owner)
    lines = [CertificateLine(made, kind, f"C-{n}", date(2020, 1, 1)) for n in range(1000)]
    certificate_batch.ensure_many(ctx, lines)
    with django_assert_max_num_queries(40):
        assert certificate_batch.ensure_many(ctx, lines).same == 1000
