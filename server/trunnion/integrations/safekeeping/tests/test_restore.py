"""A copy becomes an installation again: in an empty home, on either database where it is made of rows."""

import pytest
from django.db import connection

from trunnion.identity.tests.builders import found_tenant
from trunnion.integrations.moving.tests.builders import doctored, exported, living, told
from trunnion.integrations.moving.tests.elsewhere import elsewhere, other_vendor
from trunnion.integrations.safekeeping import making

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop():
    living(found_tenant("Canary Works"))
    return living(found_tenant("Harbour Hospital"))


def test_a_copy_is_an_installation_again(shop, tmp_path):
    copy, before = tmp_path / "copy.zip", exported(shop.tenant, tmp_path / "before.zip", sign_ins=True)
    making.make(copy)
    with elsewhere(tmp_path / "home", connection.vendor, laid_out=connection.vendor == "postgresql") as other:
        assert "restored: 2 organisations" in other.call("restore", copy)
        again = tmp_path / "after.zip"
        other.call(
            "export", "organisation", "--organisation", "Harbour Hospital", "--to", again, "--with-sign-ins"
        )
        assert told(again) == told(before)
        assert "Somebody lives" in other.call("restore", copy, fails=1)
        assert "entries hold" in other.call("journal", "verify")
        assert "copied" in other.call("restore", "--check-only", copy)
        assert "backup" in other.call("check")
        other.call("backup", "--night")
        assert "restored and compared 0 h ago" in other.call("check")


def test_on_the_other_database(shop, tmp_path):
    copy = tmp_path / "copy.zip"
    making.make(copy)
    is_file = connection.vendor == "sqlite"
    with elsewhere(tmp_path / "home", other_vendor(), laid_out=True) as other:
        said = other.call("restore", copy, fails=1 if is_file else 0)
    assert ("SQLite" in said) == is_file
    assert ("restored: 2 organisations" in said) != is_file


def test_a_damaged_copy_leaves_the_home_empty_and_a_good_one_can_follow(shop, tmp_path):
    copy = tmp_path / "copy.zip"
    making.make(copy)

    def change(_parts, manifest):
        name = next(n for n in manifest["rows"] if n.endswith("/work.order"))
        manifest["rows"][name]["rows"] += 1

    bad = doctored(copy, change)
    with elsewhere(tmp_path / "home", connection.vendor, laid_out=connection.vendor == "postgresql") as other:
        assert "is not what was copied" in other.call("restore", bad, fails=1)
        assert "restored: 2 organisations" in other.call("restore", copy)
