"""Signing in tells strangers nothing, locks nobody else out, and ends everywhere when it must."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher, Type, extract_parameters

from trunnion.identity import passwords, rules
from trunnion.identity.commands import membership, session
from trunnion.identity.commands.session import Caller
from trunnion.identity.models import Session, User
from trunnion.identity.queries import session_by_token
from trunnion.kernel import clock
from trunnion.kernel.context import Door
from trunnion.kernel.errors import Invalid, NotGranted, NotSignedIn, TooMany
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.models import Attempt, Entry, Payload

from .builders import PASSWORD

HOME = Caller("10.0.0.1", "Browser")
STRANGER = Caller("203.0.113.9")


def fail(email: str, caller: Caller, times: int = 1) -> list[str]:
    """Tries with a wrong password; returns the codes of the refusals."""
    codes = []
    for _ in range(times):
        with pytest.raises((NotSignedIn, TooMany)) as refused:
            session.sign_in(email, "wrong password", caller)
        codes.append(refused.value.code)
    return codes


def forward(monkeypatch, **gap: float) -> None:
    at = clock.now() + timedelta(**gap)
    monkeypatch.setattr(clock, "now", lambda: at)


def test_the_right_password_opens_a_session(tenant):
    opened = session.sign_in(f"  {tenant.owner_email.upper()} ", PASSWORD, HOME)
    stored = Session.objects.get(id=opened.session_id)
    assert (stored.user_id, stored.organisation_id, stored.agent) == (
        tenant.owner.actor_id,
        tenant.id,
        "Browser",
    )
    assert opened.token not in stored.token_hash
    assert session_by_token(opened.token, clock.now()).id == stored.id
    enter_organisation(tenant.id)
    bodies = Payload.objects.filter(organisation_id=tenant.id).values_list("body", flat=True)
    assert not any(
        secret in body for body in bodies for secret in (PASSWORD, opened.token, stored.token_hash)
    )
    assert Entry.objects.filter(verb="identity.session.start", actor_id=tenant.owner.actor_id).count() == 1


def test_wrong_password_unknown_account_and_closed_account_look_alike(tenant):
    ctx = tenant.person("engineer")
    gone = User.objects.get(id=ctx.actor_id).email
    membership.deactivate(tenant.owner, tenant.membership_of(ctx).id)
    told = set()
    for email, password in (
        (tenant.owner_email, "wrong"),
        ("nobody@example.org", "wrong"),
        (gone, PASSWORD),
        ("", ""),
    ):
        with pytest.raises(NotSignedIn) as refused:
            session.sign_in(email, password, HOME)
        told.add((refused.value.code, refused.value.status, str(refused.value.facts)))
    assert told == {("sign_in_wrong", 401, "{}")}


def test_unknown_accounts_cost_the_same_work(tenant, monkeypatch):
    verified = []
    hasher = passwords._hasher

    class Counting:
        def verify(self, stored: str, password: str) -> bool:
            verified.append(stored.split("$")[3])
            return hasher.verify(stored, password)

        def hash(self, password: str) -> str:
            return hasher.hash(password)

    passwords._nobody.cache_clear()
    monkeypatch.setattr(passwords, "_hasher", Counting())
    fail(tenant.owner_email, HOME)
    fail("nobody@example.org", HOME)
    passwords._nobody.cache_clear()
    assert len(verified) == 2
    assert verified[0] == verified[1]


def test_guessing_is_stopped_and_time_opens_the_door_again(tenant, monkeypatch):
    codes = fail(tenant.owner_email, STRANGER, rules.TRIES_PER_PAIR + 1)
    assert codes == ["sign_in_wrong"] * rules.TRIES_PER_PAIR + ["too_many_attempts"]
    with pytest.raises(TooMany) as refused:
        session.sign_in(tenant.owner_email, PASSWORD, STRANGER)
    assert 0 < refused.value.retry_after <= 900
    forward(monkeypatch, minutes=16)
    assert session.sign_in(tenant.owner_email, PASSWORD, STRANGER)


def test_guessing_over_many_accounts_is_stopped_too(tenant):
    codes = [fail(f"{n}@example.org", STRANGER)[0] for n in range(rules.TRIES_PER_ADDRESS + 2)]
    assert codes == ["sign_in_wrong"] * rules.TRIES_PER_ADDRESS + ["too_many_attempts"] * 2
    assert Attempt.objects.count() <= rules.TRIES_PER_ADDRESS + 1


def test_a_stranger_locks_nobody_out(tenant):
    fail(tenant.owner_email, STRANGER, 30)
    assert session.sign_in(tenant.owner_email, PASSWORD, HOME)


def test_a_neighbour_at_the_same_address_locks_nobody_out_of_a_known_browser(tenant):
    known = Caller(STRANGER.address, device=session.device_proof(tenant.owner.actor_id))
    for n in range(rules.TRIES_PER_ADDRESS + 5):
        fail(f"{n}@example.org", STRANGER)
    fail(tenant.owner_email, STRANGER, 20)
    with pytest.raises(TooMany):
        session.sign_in(tenant.owner_email, PASSWORD, STRANGER)
    assert session.sign_in(tenant.owner_email, PASSWORD, known)
    codes = fail(tenant.owner_email, known, rules.TRIES_PER_PAIR + 1)
    assert codes[-1] == "too_many_attempts"


@pytest.mark.parametrize("proof", ["", "x", "a.b:c", "W10:x:y", "🗝"])
def test_a_forged_browser_counts_as_a_strange_one(tenant, proof):
    assert session.device_of(proof) is None
    forged = Caller(STRANGER.address, device=proof)
    assert fail(tenant.owner_email, forged, rules.TRIES_PER_PAIR + 1)[-1] == "too_many_attempts"


def test_a_browser_of_somebody_else_counts_as_a_strange_one(tenant):
    mine = session.device_proof(tenant.person("engineer").actor_id)
    fail(tenant.owner_email, Caller(STRANGER.address, device=mine), rules.TRIES_PER_PAIR)
    with pytest.raises(TooMany):
        session.sign_in(tenant.owner_email, PASSWORD, Caller(STRANGER.address, device=mine))


def test_success_is_not_counted(tenant):
    for _ in range(rules.TRIES_PER_PAIR * 3):
        session.sign_in(tenant.owner_email, PASSWORD, HOME)


def test_sessions_end_by_time_by_hand_and_with_the_person(tenant, monkeypatch):
    ctx = tenant.person("engineer")
    email = User.objects.get(id=ctx.actor_id).email
    one, two, three = (session.sign_in(email, PASSWORD, HOME) for _ in range(3))
    session.end(ctx, one.session_id)
    assert session_by_token(one.token, clock.now()) is None
    assert session_by_token(two.token, clock.now())
    session.end(tenant.owner, two.session_id)
    assert session_by_token(two.token, clock.now())
    membership.deactivate(tenant.owner, tenant.membership_of(ctx).id)
    assert session_by_token(two.token, clock.now()) is None
    membership.reactivate(tenant.owner, tenant.membership_of(ctx).id)
    assert session_by_token(three.token, clock.now()) is None
    four = session.sign_in(email, PASSWORD, HOME)
    assert session_by_token(four.token, clock.now() + rules.SESSION_IDLE) is None
    Session.objects.filter(id=four.session_id).update(seen_at=clock.now() + rules.SESSION_LIFE)
    assert session_by_token(four.token, clock.now() + rules.SESSION_LIFE) is None


def test_a_new_password_ends_every_session(tenant):
    opened = session.sign_in(tenant.owner_email, PASSWORD, HOME)
    session.change_password(tenant.owner, PASSWORD, "another 电池 horse staple")
    assert session_by_token(opened.token, clock.now()) is None
    assert fail(tenant.owner_email, HOME) == ["sign_in_wrong"]
    assert session.sign_in(tenant.owner_email, "another 电池 horse staple", HOME)


def test_guessing_the_present_password_is_stopped(tenant):
    for _ in range(rules.TRIES_PER_PAIR):
        with pytest.raises(Invalid, match="invalid_input"):
            session.change_password(tenant.owner, "wrong", "another 电池 horse staple")
    with pytest.raises(TooMany):
        session.change_password(tenant.owner, PASSWORD, "another 电池 horse staple")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "too_short"),
        ("x" * 257, "too_long"),
        ("password1", "common"),
        ("aaaaaaaaaa", "common"),
        ("水泵水泵水泵阀门", None),
        ("correct horse", None),
    ],
)
def test_length_counts_and_what_is_tried_first_is_refused(password, code):
    assert rules.password_fault(password) == (code and f"password.{code}")


def test_a_password_is_not_ones_own_name(tenant):
    with pytest.raises(Invalid) as refused:
        session.change_password(tenant.owner, PASSWORD, tenant.owner_email.upper())
    assert [(e.pointer, e.code) for e in refused.value.errors] == [("/new", "password.personal")]


def test_a_token_changes_neither_password_nor_preferences(tenant):
    by_token = tenant.context(tenant.owner_email, Door.API)
    for verb in (
        lambda: session.change_password(by_token, PASSWORD, "another 电池 horse staple"),
        lambda: session.prefer(by_token, language="zh-CN"),
    ):
        with pytest.raises(NotGranted):
            verb()
    assert session.prefer(tenant.owner, language="zh-CN", zone="Asia/Shanghai").version == 2
    with pytest.raises(Invalid):
        session.prefer(tenant.owner, language="fr")


def test_passwords_are_kept_by_argon2id_at_the_floor_that_the_field_names():
    kept = extract_parameters(PasswordHasher(**passwords.COST).hash("x"))
    assert (kept.type, kept.memory_cost >= 19 * 1024, kept.time_cost >= 2) == (Type.ID, True, True)
