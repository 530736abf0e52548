"""A list that still names a merged machine brings in the one that stays, and no third one."""

from trunnion.assets.commands import merging
from trunnion.assets.models import Asset
from trunnion.kernel.journal import enter_organisation

from .builders import applied, brought, counts, csv_of
from .test_assets import HEADS, MAPPING, line


def test_a_merged_machine_is_matched_by_its_old_number(tenant):
    enter_organisation(tenant.id)
    ctx = tenant.owner
    applied(ctx, brought(ctx, csv_of([HEADS, line(1), line(2)]), "assets", mapping=MAPPING))
    gone, stays = (Asset.objects.of(ctx).get(tag=tag) for tag in ("EQ-001", "EQ-002"))
    merging.merge(ctx, gone.id, stays.id)
    run = applied(ctx, brought(ctx, csv_of([HEADS, line(1)]), "assets", mapping=MAPPING))
    assert counts(run)[0] == 0
    assert Asset.objects.of(ctx).count() == 2
    assert Asset.objects.of(ctx).get(merged_into=None).id == stays.id
