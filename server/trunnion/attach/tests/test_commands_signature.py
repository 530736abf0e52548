"""Signatures: who signed what, and whether it still is what was signed."""

import pytest

from trunnion.attach import queries, signing
from trunnion.attach.commands import file, signature
from trunnion.attach.types import Meaning
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.models import Payload

from .builders import KIND, record, strokes64


def test_a_signature_holds_until_the_record_says_something_else(tenant, monkeypatch):
    ctx, says = tenant.owner, {"remedy": "bearing replaced", "at": None}
    monkeypatch.setitem(signing.CONTENTS, KIND, lambda _ctx, _row: says)
    signature.sign(ctx, KIND, record(ctx), "Frau Weber", Meaning.ACCEPTED, strokes64())
    (found,) = queries.signatures_of(ctx, KIND, record(ctx))
    assert (found.signer_name, found.meaning, found.holds) == ("Frau Weber", "accepted", True)
    assert found.signer_user_id is None
    says["remedy"] = "nothing was done"
    assert [s.holds for s in queries.signatures_of(ctx, KIND, record(ctx))] == [False]


def test_a_room_may_give_the_digest_itself(tenant):
    ctx = tenant.owner
    digest = queries.signed_digest({"b": 1, "a": [1, 2]})
    assert digest == queries.signed_digest({"a": [1, 2], "b": 1})
    signature.sign(
        ctx, KIND, record(ctx), "Li", Meaning.PERFORMED, strokes64(), signed_digest=digest, is_actor=True
    )
    (found,) = queries.signatures_of(ctx, KIND, record(ctx), digest)
    assert (found.holds, found.signer_user_id) == (True, ctx.actor_id)
    assert [s.holds for s in queries.signatures_of(ctx, KIND, record(ctx))] == [None]
    assert [s.holds for s in queries.signatures_of(ctx, KIND, record(ctx), "0" * 64)] == [False]


def test_the_picture_is_a_file_that_stays_and_no_part_of_the_journal(tenant):
    ctx = tenant.owner
    signature.sign(ctx, KIND, record(ctx), "Li", Meaning.PERFORMED, strokes64(), signed_digest="0" * 64)
    (linked,) = queries.files_of(ctx, KIND, record(ctx))
    assert (linked.role, linked.media_type) == ("signature", "image/png")
    with pytest.raises(Refusal):
        file.unlink(ctx, linked.link_id)
    assert not any(strokes64() in p.body for p in Payload.objects.filter(organisation_id=tenant.id))


@pytest.mark.parametrize("image", ["no base64!", "aGVsbG8=", ""])
def test_a_signature_is_a_picture(tenant, image):
    with pytest.raises(Invalid) as refused:
        signature.sign(
            tenant.owner, KIND, record(tenant.owner), "Li", Meaning.ACCEPTED, image, signed_digest="0" * 64
        )
    assert refused.value.errors[0].pointer == "/image_png_base64"


def test_a_kind_that_tells_nothing_is_not_signed(tenant):
    with pytest.raises(Invalid) as refused:
        signature.sign(tenant.owner, KIND, record(tenant.owner), "Li", Meaning.ACCEPTED, strokes64())
    assert refused.value.errors[0].code == "kind_not_signable"
