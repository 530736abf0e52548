"""An organisation goes out, comes in again, and is the same: rows, journal, contents; then work goes on in it."""

import json
import zipfile

import pytest

from trunnion.attach.commands import contents as places
from trunnion.attach.models import File
from trunnion.identity.commands import password
from trunnion.identity.models import Membership, Organisation, User
from trunnion.identity.tests.builders import PASSWORD, found_tenant
from trunnion.integrations.moving import inward
from trunnion.kernel import verification, walls
from trunnion.kernel.context import Door, system
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Refusal
from trunnion.kernel.models import Chain, Entry, SearchText
from trunnion.work.commands import order
from trunnion.work.models import Order

from .builders import doctored, exported, gone, living, owner_again, rewritten, told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop():
    return living(found_tenant("Harbour Hospital 港口医院"))


def test_what_goes_out_comes_in_the_same(shop, tmp_path):
    path = exported(shop.tenant, tmp_path / "a.zip", sign_ins=True)
    head = Chain.objects.get(organisation_id=shop.tenant.id)
    with reading(shop.tenant.id):
        content = File.objects.of(shop.tenant.id).get()
        indexed = SearchText.objects.filter(organisation_id=shop.tenant.id).count()
    before = places.path_of(content.sha256).read_bytes()
    gone(shop.tenant.id)
    places.path_of(content.sha256).unlink()
    found = inward.read(path)
    assert (found.name, found.files, found.linked) == ("Harbour Hospital 港口医院", 1, 0)
    assert found.entries == head.sequence
    assert told(exported(shop.tenant, tmp_path / "b.zip", sign_ins=True)) == told(path)
    again = Chain.objects.get(organisation_id=shop.tenant.id)
    assert (again.sequence, again.hash) == (head.sequence, head.hash)
    assert places.path_of(content.sha256).read_bytes() == before
    with reading(shop.tenant.id):
        assert SearchText.objects.filter(organisation_id=shop.tenant.id).count() == indexed
    assert walls.missing() == []


def test_work_goes_on_in_the_restored_one(shop, tmp_path):
    with reading(shop.tenant.id):
        numbers = set(Order.objects.of(shop.tenant.id).values_list("number", flat=True))
    path = exported(shop.tenant, tmp_path / "a.zip", sign_ins=True)
    gone(shop.tenant.id)
    inward.read(path)
    client = shop.tenant.client()
    found = client.get("/api/work/orders", {"search": "水泵"}).json()["rows"]
    assert len(found) == 3
    shop.owner = owner_again(shop.tenant)
    made = order.create(shop.owner, title="After the move", asset_id=shop.pump)
    assert made.number not in numbers
    assert int(made.number[3:]) == max(int(n[3:]) for n in numbers) + 1
    for verb in ("dispatch", "start", "complete", "close"):
        shop.do(verb, made.id)
    with reading(shop.tenant.id):
        assert Order.objects.of(shop.tenant.id).get(id=made.id).state == "closed"
        assert verification.verify(shop.tenant.id)[1] is None


def test_secrets_stay_unless_they_are_asked_for(shop, tmp_path):
    digest = User.objects.get(email=shop.tenant.owner_email).password_hash
    with zipfile.ZipFile(exported(shop.tenant, tmp_path / "a.zip")) as file:
        everything = b"".join(file.read(name) for name in file.namelist())
        names = set(file.namelist())
    assert digest.encode() not in everything
    assert not {"tables/identity.token.jsonl", "tables/identity.session.jsonl"} & names
    gone(shop.tenant.id)
    inward.read(tmp_path / "a.zip")
    with pytest.raises(AssertionError):
        shop.tenant.client()
    with pytest.raises(Refusal, match="not_granted"):
        password.give(owner_again(shop.tenant), email=shop.tenant.owner_email, password=PASSWORD)
    with pytest.raises(Refusal, match="invalid_input"):
        password.give(system(shop.tenant.id, Door.CLI), email="nobody@example.org", password=PASSWORD)
    password.give(system(shop.tenant.id, Door.CLI), email=shop.tenant.owner_email, password=PASSWORD)
    assert shop.tenant.client()


def test_the_text_inside_explains_itself_and_lists_come_when_asked(shop, tmp_path):
    with zipfile.ZipFile(exported(shop.tenant, tmp_path / "a.zip", lists=True)) as file:
        text = file.read("README.txt").decode()
        orders = file.read("lists/work.orders.csv").decode("utf-8-sig")
        manifest = json.loads(file.read("manifest.json"))
        rows = [json.loads(r) for r in file.read("tables/work.order.jsonl").splitlines()]
    assert "manifest.json" in text
    assert "本 ZIP 文件" in text
    assert "Order closed" in orders
    assert manifest["counts"]["work.order"] == len(rows) == 4
    assert {row["organisation_id"] for row in rows} == {str(shop.tenant.id)}


def test_people_who_are_known_here_are_refused_or_linked(shop, tmp_path):
    path = exported(shop.tenant, tmp_path / "a.zip")
    gone(shop.tenant.id)
    other = found_tenant("Canary Works")
    known = other.person("engineer")
    user = User.objects.get(id=known.actor_id)
    engineer = json.loads(zipfile.ZipFile(path).read("tables/identity.user.jsonl").splitlines()[-1])

    def same_mail(parts, _manifest):
        rewritten(parts, "tables/identity.user.jsonl", engineer["email"], user.email)

    path = doctored(path, same_mail)
    with pytest.raises(Refusal, match=r"archive\.people_known"):
        inward.read(path)
    assert not Organisation.objects.filter(id=shop.tenant.id).exists()
    found = inward.read(path, link_people=True)
    assert found.linked == 1
    with reading(shop.tenant.id):
        assert Membership.objects.of(shop.tenant.id).filter(user_id=user.id).exists()
        assert verification.verify(shop.tenant.id)[1] is None
    assert User.objects.get(id=user.id).password_hash == user.password_hash
    assert other.client(user.email)


def test_an_import_never_mixes_with_what_is_here(shop, tmp_path):
    path = exported(shop.tenant, tmp_path / "a.zip")
    count = Entry.objects.count()
    with pytest.raises(Refusal, match=r"archive\.organisation_known"):
        inward.read(path)
    assert Entry.objects.count() == count


def test_others_are_not_touched(shop, tmp_path):
    other = living(found_tenant("Canary Works"))
    path = exported(shop.tenant, tmp_path / "a.zip", sign_ins=True)
    before = told(exported(other.tenant, tmp_path / "c.zip", sign_ins=True))
    assert b"Canary" not in path.read_bytes()
    gone(shop.tenant.id)
    inward.read(path)
    assert told(exported(other.tenant, tmp_path / "d.zip", sign_ins=True)) == before
