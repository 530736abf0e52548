"""Files are taken in, put to records and taken off."""

import pytest
from django.conf import settings

from trunnion.attach import queries
from trunnion.attach.commands import file
from trunnion.attach.models import File, FileLink
from trunnion.attach.types import FileRole
from trunnion.kernel import history
from trunnion.kernel.context import Door, system
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, Refusal

from .builders import KIND, record, stored


def test_a_file_is_taken_in_and_put_to_a_record(tenant):
    ctx = tenant.owner
    role = record(ctx)
    card = stored(ctx, "泵.jpg")
    assert (card.media_type, card.width, card.height, card.has_thumbnail) == ("image/jpeg", 640, 480, True)
    file.link(ctx, card.id, KIND, role, FileRole.PHOTO, "before the repair")
    (linked,) = queries.files_of(ctx, KIND, role)
    assert (linked.file_id, linked.role, linked.caption, linked.name) == (
        card.id,
        "photo",
        "before the repair",
        "泵.jpg",
    )
    assert history.of_record(ctx, role)[0]["verb"] == "attach.file.link"


def test_linking_twice_is_linking_once(tenant):
    ctx = tenant.owner
    card = stored(ctx)
    first = file.link(ctx, card.id, KIND, record(ctx), FileRole.PHOTO)
    assert file.link(ctx, card.id, KIND, record(ctx), FileRole.PHOTO) == first


def test_a_repeated_upload_with_its_key_is_one_row(tenant):
    ctx = tenant.owner.with_(key="up-1")
    assert stored(ctx) == stored(ctx)
    assert File.objects.of(ctx).count() == 1


def test_without_the_grant_nothing_is_received(tenant):
    stream = iter([b"one", b"two"])
    with pytest.raises(NotGranted):
        file.store(tenant.person("read_only"), "x.txt", stream)
    assert next(stream) == b"one"


def test_a_refused_content_leaves_nothing(tenant):
    with pytest.raises(Invalid):
        stored(tenant.owner, "setup.exe", b"MZ\0")
    assert not File.objects.of(tenant.owner).exists()
    assert list(settings.ENVIRONMENT.folder("incoming").iterdir()) == []


def test_records_that_are_not_seen_take_no_files(tenant, other):
    engineer = tenant.person("engineer")
    card = stored(engineer)
    with pytest.raises(NotVisible):
        file.link(engineer, card.id, KIND, record(tenant.owner))
    with pytest.raises(NotVisible):
        file.link(tenant.owner, stored(tenant.owner).id, KIND, record(other.owner))
    with pytest.raises(Invalid) as refused:
        file.link(tenant.owner, card.id, "nothing.there", card.id)
    assert refused.value.errors[0].code == "kind_unknown"
    assert KIND in refused.value.errors[0].facts["known"]


def test_somebody_elses_upload_cannot_be_used(tenant):
    card = stored(tenant.person("engineer"))
    with pytest.raises(NotVisible):
        file.link(tenant.person("administrator"), card.id, KIND, record(tenant.owner))


def test_a_link_goes_but_a_signature_stays(tenant):
    ctx = tenant.owner
    done = file.link(ctx, stored(ctx).id, KIND, record(ctx))
    file.unlink(ctx, done.id)
    assert queries.files_of(ctx, KIND, record(ctx)) == []
    signed = file.link(ctx, stored(ctx).id, KIND, record(ctx), FileRole.SIGNATURE)
    with pytest.raises(Refusal) as refused:
        file.unlink(ctx, signed.id)
    assert refused.value.code == "signature_stays"


def test_a_new_name_keeps_the_ending_honest(tenant):
    card = stored(tenant.owner)
    file.rename(tenant.owner, card.id, "nameplate.pdf")
    assert queries.get_file(tenant.owner, card.id).name == "nameplate.pdf.jpg"


def guest(tenant):
    return system(tenant.id, Door.PORTAL, actor_name="Guest").granting({"attach.file.upload"})


def test_a_guests_file_is_claimed_with_the_same_proof_only(tenant):
    card = stored(guest(tenant), proof="a" * 64)
    ctx, role = system(tenant.id, Door.PORTAL), record(tenant.owner)
    for proof in ("b" * 64, ""):
        with pytest.raises(Invalid) as refused:
            file.claim(ctx, [card.id], proof, KIND, role)
        assert refused.value.errors[0].code == "file_not_yours"
    file.claim(ctx, [card.id], "a" * 64, KIND, role)
    assert [f.role for f in queries.files_of(tenant.owner, KIND, role)] == ["photo"]
    with pytest.raises(Invalid):
        file.claim(ctx, [card.id], "a" * 64, KIND, role)


def test_a_guest_cannot_take_a_members_upload(tenant):
    card = stored(tenant.owner)
    with pytest.raises(Invalid):
        file.claim(system(tenant.id, Door.PORTAL), [card.id], "a" * 64, KIND, record(tenant.owner))
    assert not FileLink.objects.of(tenant.owner).exists()
