"""Codes are those of the standard, each opens once, and only near its time."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from trunnion.identity.factors import recovery, sealing, totp

# The secret and codes of RFC 6238, appendix B.
SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_codes_of_the_standard(seconds, code):
    step = totp.step_at(datetime.fromtimestamp(seconds, UTC))
    assert totp.code_at(SECRET, step, digits=8) == code
    assert totp.code_at(SECRET, step) == code[-6:]


def test_a_code_is_good_for_a_neighbouring_step_and_no_further():
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    step = totp.step_at(now)
    for drift, is_good in ((-2, False), (-1, True), (0, True), (1, True), (2, False)):
        found = totp.matching_step(SECRET, totp.code_at(SECRET, step + drift), now, after=0)
        assert (found == step + drift) is is_good


def test_a_step_that_was_used_is_over_and_so_are_those_before_it():
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    step, code = totp.step_at(now), totp.code_at(SECRET, totp.step_at(now))
    assert totp.matching_step(SECRET, code, now, after=step - 1) == step
    assert totp.matching_step(SECRET, code, now, after=step) is None
    assert totp.matching_step(SECRET, code, now + timedelta(seconds=30), after=step) is None


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "１２３４５６", "0" * 500, "水泵"])
def test_what_is_no_code_opens_nothing(code):
    assert totp.matching_step(SECRET, code, datetime(2026, 11, 22, tzinfo=UTC), after=0) is None


def test_secrets_and_codes_are_long_enough_and_never_the_same():
    made = {totp.new_secret() for _ in range(200)}
    assert len(made) == 200
    assert {len(base64.b32decode(one)) for one in made} == {20}
    codes = [code for _ in range(50) for code in recovery.fresh()]
    assert len(set(codes)) == 500
    assert {len(base64.b32decode(code.replace("-", ""))) for code in codes} == {15}
    assert recovery.digest(" abcd-efgh ijkl MNOP") == recovery.digest("ABCD-EFGH-IJKL-MNOP")


def test_a_sealed_secret_outlives_a_new_secret_of_the_installation_as_long_as_the_old_is_named(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "first", []
    sealed = sealing.seal(SECRET)
    assert SECRET not in sealed
    assert sealing.opened(sealed) == SECRET
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "second", ["first"]
    assert sealing.opened(sealed) == SECRET
    settings.SECRET_KEY_FALLBACKS = []
    assert sealing.opened(sealed) is None
