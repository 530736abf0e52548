"""Who comes in where, and what may be pointed at."""

import pytest

from trunnion.identity import roles
from trunnion.identity.models import Role
from trunnion.kernel import permissions
from trunnion.kernel.errors import Invalid, NotGranted
from trunnion.kernel.ids import uuid7
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.policies import refer
from trunnion.kernel.web.routes import check


@pytest.fixture
def _narrowed(monkeypatch):
    monkeypatch.setattr(permissions, "PERMISSIONS", dict(permissions.PERMISSIONS))
    monkeypatch.setattr(permissions, "NARROWER", {})
    permissions.narrowed("test.thing.read", "test.thing.read_own")
    yield
    # What roles grant is remembered; these two permissions are not there for the next test.
    roles._expanded.cache_clear()


@pytest.mark.usefixtures("_narrowed")
def test_a_narrower_reading_opens_the_same_route(tenant):
    check(tenant.owner.granting(["test.thing.read"]), "test.thing.read")
    check(tenant.owner.granting(["test.thing.read_own"]), "test.thing.read")
    with pytest.raises(NotGranted):
        check(tenant.owner.granting(["test.thing.read_own_not"]), "test.thing.read")
    assert "test.thing.read_own" in permissions.expand(["test.thing.*"])


def test_a_reference_to_nothing_names_the_field(tenant, other):
    enter_organisation(other.id)
    foreign = Role.objects.of(other.owner).first()
    enter_organisation(tenant.id)
    refer(tenant.owner, "identity.role", None, "/role_id")
    refer(tenant.owner, "identity.role", Role.objects.of(tenant.owner).first().id, "/role_id")
    for row_id in (uuid7(), foreign.id):
        with pytest.raises(Invalid) as refused:
            refer(tenant.owner, "identity.role", row_id, "/role_id")
        assert [(e.pointer, e.code) for e in refused.value.errors] == [("/role_id", "reference_unknown")]
