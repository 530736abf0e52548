"""Somebody who was forgotten is a labour resource under another name, and what they cost stays."""

from datetime import date
from decimal import Decimal

from trunnion.identity.commands import membership
from trunnion.identity.personal import commands as personal
from trunnion.kernel.database import reading
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.models import Payload
from trunnion.kernel.verification import verify
from trunnion.workforce.commands import labour_resource, rate
from trunnion.workforce.models import LabourResource, Rate

NAME, PHONE = "Zheng Canary", "+86 138 0000 4711"


def test_name_and_telephone_go_and_rates_stay(tenant):
    ctx = tenant.person("engineer", name=NAME)
    made = labour_resource.create(tenant.owner, name=NAME, user_id=ctx.actor_id, phone=PHONE)
    rate.set_(tenant.owner, resource_id=made.id, amount=Decimal(50), from_on=date(2026, 1, 1))
    member_id = tenant.membership_of(ctx).id
    membership.deactivate(tenant.owner, member_id)
    done = personal.erase(tenant.owner, member_id, reason="asked")
    with reading(tenant.id):
        kept = LabourResource.objects.of(tenant.id).get(id=made.id)
        assert Rate.objects.of(tenant.id).filter(resource_id=made.id).count() == 1
    assert (kept.name, kept.phone, kept.user_id) == (done.name, "", ctx.actor_id)
    enter_organisation(tenant.id)
    for hidden in (NAME, PHONE):
        assert not Payload.objects.filter(organisation_id=tenant.id, body__contains=hidden).exists()
    assert verify(tenant.id)[1] is None
