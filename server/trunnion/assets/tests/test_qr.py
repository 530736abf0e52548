"""QR codes: unguessable, one live for each asset, found without an account, dead when revoked."""

import pytest

from trunnion.assets.commands import qr
from trunnion.assets.models import QrCode, QrToken
from trunnion.assets.queries import find_asset_by_token
from trunnion.assets.queries.codes import get_code, picture
from trunnion.assets.tests.builders import pump
from trunnion.kernel import history
from trunnion.kernel.errors import NotGranted, NotVisible, Refusal
from trunnion.kernel.journal import enter_organisation


def token(ctx, asset_id):
    enter_organisation(ctx.organisation_id)
    path = get_code(ctx, asset_id)["path"]
    return path and path.removeprefix("/q/")


def test_a_new_asset_has_a_code_that_leads_to_it(tenant, other):
    mine, theirs = pump(tenant.owner), pump(other.owner)
    assert find_asset_by_token(token(tenant.owner, mine)) == (tenant.id, mine)
    assert find_asset_by_token(token(other.owner, theirs)) == (other.id, theirs)
    # 128 random bits in 22 characters.
    assert len(token(tenant.owner, mine)) == 22
    assert QrToken.objects.filter(digest=token(tenant.owner, mine)).count() == 0


@pytest.mark.parametrize("text", ["", "x", "x" * 27, "x" * 5000, "水泵", "a/b", "' OR 1=1", "\x00"])
def test_anything_else_leads_nowhere(tenant, text):
    pump(tenant.owner)
    assert find_asset_by_token(text) is None


def test_a_reissued_code_replaces_the_label(tenant):
    ctx, made = tenant.owner, pump(tenant.owner)
    old = token(ctx, made)
    fresh = qr.reissue(ctx, asset_id=made, reason="Label torn")
    assert find_asset_by_token(old) is None
    assert find_asset_by_token(fresh.token) == (tenant.id, made)
    codes = get_code(ctx, made)["codes"]
    assert [c["revoked_because"] for c in codes] == ["", "Label torn"]
    assert QrCode.objects.of(ctx).filter(asset_id=made, revoked_at=None).count() == 1


def test_issuing_again_keeps_the_label(tenant):
    ctx, made = tenant.owner, pump(tenant.owner)
    assert qr.issue(ctx, asset_id=made).token == token(ctx, made)


def test_a_revoked_code_has_no_picture(tenant):
    ctx, made = tenant.owner, pump(tenant.owner)
    old = token(ctx, made)
    qr.revoke(ctx, asset_id=made)
    assert find_asset_by_token(old) is None
    for refused in (lambda: picture(ctx, made, "svg"), lambda: qr.revoke(ctx, asset_id=made)):
        with pytest.raises(Refusal) as why:
            refused()
        assert why.value.code == "assets.no_code"
    done = qr.issue_many(ctx, asset_ids=[made, pump(ctx)])
    assert (done.created, done.same) == (1, 1)
    assert token(ctx, made) not in (None, old)


def test_the_journal_does_not_tell_tokens(tenant):
    ctx, made = tenant.owner, pump(tenant.owner)
    fresh = qr.reissue(ctx, asset_id=made)
    assert fresh.token not in str(history.of_record(ctx, made))


def test_codes_are_their_organisations(tenant, other):
    made = pump(tenant.owner)
    for act in (qr.issue, qr.reissue, qr.revoke):
        with pytest.raises(NotVisible):
            act(other.owner, asset_id=made)
        with pytest.raises(NotGranted):
            act(tenant.person("engineer"), asset_id=made)
    with pytest.raises(Refusal):
        qr.issue_many(other.owner, asset_ids=[made])


def test_the_symbol_is_a_picture(tenant):
    ctx, made = tenant.owner, pump(tenant.owner)
    assert picture(ctx, made, "svg").startswith(b"<svg")
    assert picture(ctx, made, "png").startswith(b"\x89PNG")
