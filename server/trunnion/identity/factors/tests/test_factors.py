"""A second factor is set up, asked for, needed by roles, lost and replaced; and nothing of it opens twice."""

import json
import time
from datetime import timedelta

import pytest
from django.test import Client

from trunnion.identity.commands import membership, role, token
from trunnion.identity.factors import commands as factor
from trunnion.identity.factors import totp
from trunnion.identity.factors.models import Factor
from trunnion.identity.factors.rules import TRIES
from trunnion.identity.models import Role, Session, User
from trunnion.identity.tests.builders import PASSWORD
from trunnion.kernel import clock
from trunnion.kernel.context import Door, system
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Refusal
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.models import Payload

from .authenticator import Authenticator

ME = "/api/identity/me"
OWN = f"{ME}/factors"
SIGN_IN = "/api/identity/sign-in"


@pytest.fixture(autouse=True)
def _named(settings):
    settings.BASE_URL = "http://works.example.org"


def post(client: Client, path: str, body: dict, status: int = 200) -> dict:
    response = client.post(path, json.dumps(body), content_type="application/json")
    assert response.status_code == status, response.content
    return json.loads(response.content)


def fresh() -> Client:
    return Client(headers={"X-Trunnion-Door": "web"})


def get(client: Client, path: str, status: int = 200) -> dict:
    response = client.get(path)
    assert response.status_code == status, response.content
    return json.loads(response.content)


def with_app(client: Client) -> tuple[str, str, list[str]]:
    """Sets up an authenticator app; returns its id, its secret and the recovery codes."""
    begun = post(client, f"{OWN}/begin_totp", {"password": PASSWORD, "name": "Phone"})
    code = totp.code_at(begun["secret"], totp.step_at(clock.now()))
    done = post(client, f"{OWN}/{begun['id']}/confirm_totp", {"code": code})
    return begun["id"], begun["secret"], done["codes"]


def with_passkey(client: Client) -> tuple[str, Authenticator]:
    """Adds a passkey; returns its id and the device."""
    device = Authenticator("http://works.example.org")
    offer = post(client, f"{OWN}/begin_passkey", {"password": PASSWORD})
    body = {"ticket": offer["ticket"], "credential": device.make(offer["options"]), "name": "Key"}
    return post(client, f"{OWN}/add_passkey", body)["id"], device


def step(email: str, client: Client | None = None) -> dict:
    """What follows a right password."""
    told = post(client or fresh(), SIGN_IN, {"email": email, "password": PASSWORD})
    assert told["user_id"] is None
    return told["second"]


def later(monkeypatch, **gap: float) -> None:
    at = clock.now() + timedelta(**gap)
    monkeypatch.setattr(clock, "now", lambda: at)


def test_an_app_is_set_up_and_asked_for_from_then_on(tenant, monkeypatch):
    client, other = tenant.client(), tenant.client()
    _, secret, codes = with_app(client)
    assert len(codes) == 10
    # The session in which it was set up goes on, those that were opened without it end.
    assert get(client, OWN)["is_proved"]
    get(other, ME, 401)
    later(monkeypatch, seconds=60)
    newcomer = fresh()
    second = step(tenant.owner_email, newcomer)
    assert second["ways"] == ["totp", "recovery"]
    assert not newcomer.cookies
    get(newcomer, ME, 401)
    code = totp.code_at(secret, totp.step_at(clock.now()))
    assert post(newcomer, f"{SIGN_IN}/second", {"ticket": second["ticket"], "code": code})["user_id"]
    assert get(newcomer, ME)["grants"]
    kept = Session.objects.filter(user_id=tenant.owner.actor_id).latest("opened_at")
    assert kept.is_proved


def test_a_code_and_a_ticket_open_once(tenant, monkeypatch):
    _, secret, codes = with_app(tenant.client())
    later(monkeypatch, seconds=60)
    code = totp.code_at(secret, totp.step_at(clock.now()))
    first, second = step(tenant.owner_email), step(tenant.owner_email)
    post(fresh(), f"{SIGN_IN}/second", {"ticket": first["ticket"], "code": code})
    told = post(fresh(), f"{SIGN_IN}/second", {"ticket": second["ticket"], "code": code}, 401)
    assert told["code"] == "factor.wrong"
    told = post(fresh(), f"{SIGN_IN}/second", {"ticket": first["ticket"], "code": codes[0]}, 401)
    assert told["code"] == "factor.ticket_over"
    assert post(fresh(), f"{SIGN_IN}/second", {"ticket": second["ticket"], "code": codes[1].lower()})[
        "user_id"
    ]
    third = step(tenant.owner_email)
    post(fresh(), f"{SIGN_IN}/second", {"ticket": third["ticket"], "code": codes[1]}, 401)


def test_guessing_codes_is_stopped_and_a_passkey_still_opens(tenant, monkeypatch):
    client = tenant.client()
    with_app(client)
    _, device = with_passkey(client)
    later(monkeypatch, minutes=20)
    second = step(tenant.owner_email)
    statuses = [
        fresh()
        .post(
            f"{SIGN_IN}/second",
            {"ticket": second["ticket"], "code": "000000"},
            content_type="application/json",
        )
        .status_code
        for _ in range(TRIES + 2)
    ]
    assert statuses == [401] * TRIES + [429] * 2
    second = step(tenant.owner_email)
    body = {"ticket": second["ticket"], "credential": device.prove(second["passkey"])}
    assert post(fresh(), f"{SIGN_IN}/second", body)["user_id"]


def test_a_passkey_opens_once_for_its_own_request(tenant):
    _, device = with_passkey(tenant.client())
    second = step(tenant.owner_email)
    assert second["ways"] == ["passkey", "recovery"]
    body = {"ticket": second["ticket"], "credential": device.prove(second["passkey"])}
    assert post(fresh(), f"{SIGN_IN}/second", body)["user_id"]
    assert post(fresh(), f"{SIGN_IN}/second", body, 401)["code"] == "factor.ticket_over"
    other = step(tenant.owner_email)
    replayed = body | {"ticket": other["ticket"]}
    assert post(fresh(), f"{SIGN_IN}/second", replayed, 401)["code"] == "factor.wrong"


@pytest.mark.parametrize(
    "forgery",
    [
        {"origin": "http://works.example.org.evil.example"},
        {"rp_id": "evil.example"},
        {"challenge": "AAAA"},
    ],
    ids=lambda f: next(iter(f)),
)
def test_a_forged_answer_of_a_passkey_opens_nothing(tenant, forgery):
    _, device = with_passkey(tenant.client())
    second = step(tenant.owner_email)
    body = {"ticket": second["ticket"], "credential": device.prove(second["passkey"], **forgery)}
    assert post(fresh(), f"{SIGN_IN}/second", body, 401)["code"] == "factor.wrong"


@pytest.mark.parametrize(
    "credential", [{}, {"id": "x"}, {"id": 5}, {"id": "x", "response": None}, {"response": []}]
)
def test_what_is_no_answer_of_a_passkey_is_refused(tenant, credential):
    _, device = with_passkey(tenant.client())
    second = step(tenant.owner_email)
    known = device.prove(second["passkey"])
    sent = {**credential, "id": known["id"]} if "response" in credential else credential
    post(fresh(), f"{SIGN_IN}/second", {"ticket": second["ticket"], "credential": sent}, 401)


def test_another_devices_signature_is_no_proof(tenant):
    _, device = with_passkey(tenant.client())
    second = step(tenant.owner_email)
    thief = Authenticator("http://works.example.org", credential_id=device.credential_id)
    body = {"ticket": second["ticket"], "credential": thief.prove(second["passkey"])}
    post(fresh(), f"{SIGN_IN}/second", body, 401)


def test_a_passkey_is_made_for_its_ticket_and_known_once(tenant):
    client = tenant.client()
    device = Authenticator("http://works.example.org")
    offer = post(client, f"{OWN}/begin_passkey", {"password": PASSWORD})
    made = device.make(offer["options"])
    elsewhere = post(client, f"{OWN}/begin_passkey", {"password": PASSWORD})
    told = post(client, f"{OWN}/add_passkey", {"ticket": elsewhere["ticket"], "credential": made}, 422)
    assert told["errors"][0]["code"] == "factor.passkey_wrong"
    post(client, f"{OWN}/add_passkey", {"ticket": "x", "credential": made}, 409)
    post(client, f"{OWN}/add_passkey", {"ticket": offer["ticket"], "credential": made})
    told = post(client, f"{OWN}/add_passkey", {"ticket": offer["ticket"], "credential": made}, 422)
    assert told["errors"][0]["code"] == "factor.passkey_known"


def test_a_bare_address_offers_no_passkeys(tenant, settings):
    settings.BASE_URL = "http://127.0.0.1:8000"
    client = tenant.client()
    assert not get(client, OWN)["offers_passkeys"]
    assert post(client, f"{OWN}/begin_passkey", {"password": PASSWORD}, 409)["code"] == "factor.no_passkeys"


def test_a_ticket_dies_with_its_time_and_with_the_password(tenant, monkeypatch):
    client = tenant.client()
    _, _, codes = with_app(client)
    second = step(tenant.owner_email)
    new = "another 电池 horse staple"
    post(client, f"{ME}/password", {"current": PASSWORD, "new": new})
    told = post(fresh(), f"{SIGN_IN}/second", {"ticket": second["ticket"], "code": codes[0]}, 401)
    assert told["code"] == "factor.ticket_over"
    again = post(fresh(), SIGN_IN, {"email": tenant.owner_email, "password": new})["second"]
    over = time.time() + 301
    monkeypatch.setattr("django.core.signing.time.time", lambda: over)
    post(fresh(), f"{SIGN_IN}/second", {"ticket": again["ticket"], "code": codes[0]}, 401)
    post(fresh(), f"{SIGN_IN}/second", {"ticket": "forged", "code": codes[0]}, 401)


def test_nothing_changes_without_the_password_nor_by_a_token(tenant):
    client = tenant.client()
    factor_id, _, _ = with_app(client)
    for path in ("begin_totp", "begin_passkey", f"{factor_id}/remove", "renew_codes"):
        told = post(client, f"{OWN}/{path}", {"password": "wrong"}, 422)
        assert told["errors"][0]["code"] == "password.wrong"
    made = token.issue(tenant.owner, name="ERP", permissions=["*"])
    program = Client(headers={"Authorization": f"Bearer {made.token}"})
    for path in ("begin_totp", "begin_passkey", f"{factor_id}/remove", "renew_codes"):
        assert post(program, f"{OWN}/{path}", {"password": PASSWORD}, 403)["code"] == "not_granted"
    assert len(get(client, OWN)["rows"]) == 1


def test_a_session_that_proved_nothing_adds_no_factor_to_an_account_that_has_one(tenant):
    client = tenant.client()
    with_app(client)
    Session.objects.filter(user_id=tenant.owner.actor_id).update(is_proved=False)
    post(client, f"{OWN}/begin_passkey", {"password": PASSWORD}, 403)


def test_factors_of_others_are_not_there(tenant, other):
    factor_id, _, _ = with_app(tenant.client())
    stranger = other.client()
    post(stranger, f"{OWN}/{factor_id}/remove", {"password": PASSWORD}, 404)
    post(stranger, f"{OWN}/{factor_id}/confirm_totp", {"code": "123456"}, 404)


def test_new_recovery_codes_void_the_old_ones(tenant):
    client = tenant.client()
    _, _, old = with_app(client)
    new = post(client, f"{OWN}/renew_codes", {"password": PASSWORD})["codes"]
    assert not set(old) & set(new)
    post(fresh(), f"{SIGN_IN}/second", {"ticket": step(tenant.owner_email)["ticket"], "code": old[0]}, 401)
    post(fresh(), f"{SIGN_IN}/second", {"ticket": step(tenant.owner_email)["ticket"], "code": new[0]})


def require(tenant, key: str, is_needed: bool = True) -> None:
    with reading(tenant.id):
        found = Role.objects.of(tenant.id).get(key=key)
    role.require_factor(tenant.owner, found.id, is_needed=is_needed)


def test_a_role_that_needs_a_factor_opens_nothing_without_one(tenant):
    person = tenant.person("engineer")
    email = User.objects.get(id=person.actor_id).email
    client = tenant.client(email)
    assert get(client, ME)["grants"]
    require(tenant, "engineer")
    # At once, in the session that was open before.
    told = get(client, ME)
    assert (told["grants"], told["awaits_factor"]) == ([], True)
    get(client, "/api/work/orders", 403)
    assert get(client, OWN)["is_needed"]
    factor_id, _, _ = with_app(client)
    told = get(client, ME)
    assert (bool(told["grants"]), told["awaits_factor"]) == (True, False)
    get(client, "/api/work/orders")
    assert (
        post(client, f"{OWN}/{factor_id}/remove", {"password": PASSWORD}, 409)["code"] == "factor.last_needed"
    )
    key_id, _ = with_passkey(client)
    post(client, f"{OWN}/{factor_id}/remove", {"password": PASSWORD})
    require(tenant, "engineer", is_needed=False)
    post(client, f"{OWN}/{key_id}/remove", {"password": PASSWORD})
    assert get(client, OWN) == {
        "rows": [], "codes_left": 0, "is_needed": False, "is_proved": False, "offers_passkeys": True
    }  # fmt: skip
    require(tenant, "engineer")
    assert get(client, ME)["awaits_factor"]


def test_who_requires_a_factor_of_a_role_may_do_no_less_than_it(tenant):
    administrator = tenant.person("administrator")
    with reading(tenant.id):
        owner = Role.objects.of(tenant.id).get(key="owner")
    with pytest.raises(Refusal, match="role_beyond_own"):
        role.require_factor(administrator, owner.id, is_needed=True)


def test_who_lost_everything_is_let_in_again_by_somebody_above(tenant):
    person = tenant.person("engineer")
    email = User.objects.get(id=person.actor_id).email
    client = tenant.client(email)
    with_app(client)
    member = tenant.membership_of(person)
    planner = tenant.person("planner")
    with pytest.raises(Refusal, match="not_granted"):
        factor.reset(planner, member.id)
    with pytest.raises(Refusal, match="not_oneself"):
        factor.reset(tenant.owner, tenant.membership_of(tenant.owner).id)
    with pytest.raises(Refusal, match="not_granted"):
        factor.reset(tenant.context(tenant.owner_email, Door.API), member.id)
    factor.reset(tenant.owner, member.id)
    get(client, ME, 401)
    assert Factor.objects.filter(user_id=person.actor_id).count() == 0
    assert post(fresh(), SIGN_IN, {"email": email, "password": PASSWORD})["user_id"]


def test_the_operator_lets_the_last_owner_in_again(tenant, other):
    with_app(tenant.client())
    with pytest.raises(Refusal):
        factor.reset_by_address(system(other.id, Door.CLI), tenant.owner_email)
    factor.reset_by_address(system(tenant.id, Door.CLI), tenant.owner_email)
    assert post(fresh(), SIGN_IN, {"email": tenant.owner_email, "password": PASSWORD})["user_id"]


def test_whose_home_is_elsewhere_is_not_reset_here(tenant, other):
    person = tenant.person("engineer")
    with_app(tenant.client(User.objects.get(id=person.actor_id).email))
    membership.take_over(system(other.id, Door.CLI), person.actor_id)
    with pytest.raises(Refusal, match="home_elsewhere"):
        factor.reset(tenant.owner, tenant.membership_of(person).id)


def test_no_secret_reaches_the_journal(tenant):
    client = tenant.client()
    _, secret, codes = with_app(client)
    _, device = with_passkey(client)
    second = step(tenant.owner_email)
    post(fresh(), f"{SIGN_IN}/second", {"ticket": second["ticket"], "code": codes[3]})
    row = Factor.objects.get(user_id=tenant.owner.actor_id, way="totp")
    assert secret not in row.secret
    enter_organisation(tenant.id)
    bodies = "\n".join(Payload.objects.filter(organisation_id=tenant.id).values_list("body", flat=True))
    for hidden in (
        secret,
        row.secret,
        *codes,
        PASSWORD,
        second["ticket"],
        device.prove(second["passkey"])["id"],
    ):
        assert hidden not in bodies


def test_a_refused_sign_in_is_logged_without_its_contents(tenant, caplog):
    _, _, codes = with_app(tenant.client())
    with caplog.at_level("WARNING", logger="trunnion.security"):
        post(fresh(), SIGN_IN, {"email": tenant.owner_email, "password": "hunter2hunter2"}, 401)
        ticket = step(tenant.owner_email)["ticket"]
        post(fresh(), f"{SIGN_IN}/second", {"ticket": ticket, "code": "123456"}, 401)
        post(fresh(), f"{SIGN_IN}/second", {"ticket": ticket, "code": codes[0]})
    told = [record.getMessage() for record in caplog.records]
    assert [line.partition(":")[0] for line in told] == ["sign-in refused", "second factor refused"]
    for hidden in (tenant.owner_email, "hunter2hunter2", "123456", ticket, codes[0]):
        assert hidden not in " ".join(told)
