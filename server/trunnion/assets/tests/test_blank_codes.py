"""Blank codes: printed in store, bound by scanning, refused when they are not blank, polite to guests."""

import pytest

from trunnion.assets.commands import blank, qr
from trunnion.assets.models import QrCode
from trunnion.assets.queries import find_asset_by_token
from trunnion.assets.queries.codes import LabelRevoked, address, get_asset_by_token, get_code
from trunnion.assets.tests.builders import pump
from trunnion.attach.labels.commands import label
from trunnion.attach.labels.queries import get_drawing
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, Refusal
from trunnion.kernel.journal import enter_organisation

BLANK = '{"field": "asset_id", "op": "is_null", "value": true}'


def blanks(ctx, count: int = 1) -> list[QrCode]:
    ids = blank.issue_blank(ctx, count=count).ids
    enter_organisation(ctx.organisation_id)
    rows = {row.id: row for row in QrCode.objects.of(ctx).filter(id__in=ids)}
    return [rows[i] for i in ids]


def bare(ctx) -> object:
    """An asset without a label."""
    made = pump(ctx)
    qr.revoke(ctx, asset_id=made)
    return made


def code_of(refused) -> tuple[str, str]:
    [error] = refused.value.errors
    return error.pointer, error.code


def test_a_blank_code_is_nobodys_until_it_is_bound(tenant):
    ctx, made = tenant.owner, bare(tenant.owner)
    [one] = blanks(ctx)
    assert find_asset_by_token(one.token) is None
    with pytest.raises(Refusal) as why:
        get_asset_by_token(one.token)
    assert why.value.code == "assets.label_blank"
    done = blank.bind(ctx, asset_id=made, code=address(one.token))
    assert (done.asset_id, done.token) == (made, one.token)
    assert find_asset_by_token(one.token) == (tenant.id, made)
    # Scanned again with bad signal: the same answer, nothing changed.
    assert blank.bind(ctx, asset_id=made, code=one.token).version == done.version


@pytest.mark.parametrize("typed", ["{0}", "{0} ", "{1}", "{2}"])
def test_the_short_code_is_typed_as_people_type(tenant, typed):
    ctx, made = tenant.owner, bare(tenant.owner)
    [one] = blanks(ctx)
    short = one.short_code
    text = typed.format(short, short.lower(), short.replace("-", ""))
    assert blank.bind(ctx, asset_id=made, code=text).token == one.token


def test_what_is_not_blank_is_refused(tenant, other):
    ctx, made = tenant.owner, bare(tenant.owner)
    taken, void, foreign = *blanks(ctx, 2), blanks(other.owner)[0]
    blank.bind(ctx, asset_id=made, code=taken.token)
    blank.void(ctx, qr_id=void.id, reason="Sheet lost")
    second = bare(ctx)
    for text, code in (
        (taken.token, "assets.code_bound"),
        (void.token, "assets.code_revoked"),
        (foreign.token, "assets.code_unknown"),
        (foreign.short_code, "assets.code_unknown"),
        ("https://elsewhere.example.com/x", "assets.code_unknown"),
        ("\ud7ff水泵", "assets.code_unknown"),
    ):
        with pytest.raises(Invalid) as why:
            blank.bind(ctx, asset_id=second, code=text)
        assert code_of(why) == ("/code", code)
    with pytest.raises(NotVisible):
        blank.bind(ctx, asset_id=pump(other.owner), code=blanks(ctx)[0].token)
    with pytest.raises(Refusal) as why:
        blank.void(ctx, qr_id=void.id)
    assert why.value.code == "assets.code_revoked"


def test_a_label_in_use_is_replaced_only_when_that_is_said(tenant):
    ctx, made = tenant.owner, pump(tenant.owner)
    enter_organisation(ctx.organisation_id)
    old = get_code(ctx, made)["path"].removeprefix("/q/")
    [one] = blanks(ctx)
    with pytest.raises(Refusal) as why:
        blank.bind(ctx, asset_id=made, code=one.token)
    assert why.value.code == "assets.has_code"
    blank.bind(ctx, asset_id=made, code=one.token, replaces=True)
    assert find_asset_by_token(one.token) == (tenant.id, made)
    with pytest.raises(LabelRevoked) as gone:
        get_asset_by_token(old)
    assert (gone.value.code, gone.value.status, gone.value.facts) == ("assets.label_revoked", 410, {})


def test_roles_and_scopes(tenant):
    ctx, made = tenant.owner, bare(tenant.owner)
    [one] = blanks(ctx)
    for role in ("read_only", "customer_user", "operator"):
        with pytest.raises(NotGranted):
            blank.bind(tenant.person(role), asset_id=made, code=one.token)
    with pytest.raises(NotGranted):
        blank.issue_blank(tenant.person("engineer"), count=1)
    assert blank.bind(tenant.person("engineer"), asset_id=made, code=one.token).asset_id == made
    for count in (0, 5001):
        with pytest.raises(Invalid) as why:
            blank.issue_blank(ctx, count=count)
        assert why.value.errors[0].pointer == "/count"


def test_blank_codes_are_printed_like_anything_else(tenant):
    ctx = tenant.person("storekeeper")
    made = blanks(ctx, 5)
    done = label.print_(ctx, kind="assets.qr", preset="a4_4x10", ids=[row.id for row in made])
    enter_organisation(ctx.organisation_id)
    assert [one.short_code for one in get_drawing(ctx, done.id).labels] == [row.short_code for row in made]
    listed = label.print_(ctx, kind="assets.qr", preset="a4_4x10", filter=BLANK)
    assert listed.labels == 5


def test_guests_read_polite_words(tenant, client):
    ctx, made = tenant.owner, pump(tenant.owner)
    enter_organisation(ctx.organisation_id)
    live = get_code(ctx, made)["path"].removeprefix("/q/")
    [one] = blanks(ctx)
    qr.reissue(ctx, asset_id=made, reason="Label torn by Li")
    for token, status, code in (
        (live, 410, "label_revoked"),
        (one.token, 409, "label_blank"),
        ("x" * 22, 404, ""),
    ):
        answer = client.get(f"/api/service/scan/{token}", HTTP_ACCEPT_LANGUAGE="zh-CN")
        assert answer.status_code == status, answer.content
        said = answer.content.decode()
        assert code in said
        assert "Li" not in said.replace("Link", "")
        assert "Feed pump" not in said
        assert "Harbour Hospital" not in said


def test_a_code_put_to_the_wrong_asset_is_blank_again(tenant):
    ctx, made = tenant.owner, bare(tenant.owner)
    [one] = blanks(ctx)
    blank.bind(ctx, asset_id=made, code=one.short_code)
    with pytest.raises(NotGranted):
        blank.unbind(tenant.person("read_only"), asset_id=made)
    blank.unbind(ctx, asset_id=made)
    assert find_asset_by_token(one.token) is None
    with pytest.raises(Refusal) as refused:
        blank.unbind(ctx, asset_id=made)
    assert refused.value.code == "assets.not_bound"
    blank.bind(ctx, asset_id=made, code=one.short_code)
    assert find_asset_by_token(one.token) is not None
