"""Passkeys by WebAuthn: what a browser is asked, and whether its answer proves what it should."""

import ipaddress
import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from .models import Factor

NAME = "Trunnion"
# What a faulty or hostile answer makes the library raise beside its own.
FAULTS = (WebAuthnException, ValueError, KeyError, TypeError, IndexError, OverflowError)


def host() -> str | None:
    """The name that passkeys are bound to; None where the installation is reached by a bare address."""
    name = urlsplit(settings.BASE_URL).hostname or ""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name or None
    return None


def _origin() -> str:
    parts = urlsplit(settings.BASE_URL)
    return f"{parts.scheme}://{parts.netloc}"


def _known(factors: Iterable[Factor]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential_id)) for one in factors]


def ask_new(rp_id: str, user: Any, known: Iterable[Factor], challenge: bytes) -> dict[str, Any]:
    """What a browser is asked to make a passkey; devices that have one already are left out."""
    options = generate_registration_options(
        rp_id=rp_id, rp_name=NAME, user_id=user.id.bytes, user_name=user.email, user_display_name=user.name,
        challenge=challenge, exclude_credentials=_known(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.PREFERRED
        ),
    )  # fmt: skip
    asked: dict[str, Any] = json.loads(options_to_json(options))
    return asked


def ask(rp_id: str, known: Iterable[Factor], challenge: bytes) -> dict[str, Any]:
    """What a browser is asked to prove a passkey."""
    options = generate_authentication_options(
        rp_id=rp_id, challenge=challenge, allow_credentials=_known(known),
        user_verification=UserVerificationRequirement.PREFERRED,
    )  # fmt: skip
    asked: dict[str, Any] = json.loads(options_to_json(options))
    return asked


def made(credential: dict[str, Any], challenge: bytes) -> tuple[str, str, int] | None:
    """Credential, key and count of a passkey that was made for this challenge; None where it was not."""
    rp_id = host()
    if rp_id is None:
        return None
    try:
        found = verify_registration_response(
            credential=credential, expected_challenge=challenge, expected_rp_id=rp_id, expected_origin=_origin()
        )  # fmt: skip
    except FAULTS:
        return None
    key = bytes_to_base64url(found.credential_public_key)
    return bytes_to_base64url(found.credential_id), key, found.sign_count


def proved(factor: Factor, credential: dict[str, Any], challenge: bytes) -> int | None:
    """The passkey's new count, where the answer was made by it for this challenge; None otherwise."""
    rp_id = host()
    if rp_id is None:
        return None
    try:
        found = verify_authentication_response(
            credential=credential, expected_challenge=challenge, expected_rp_id=rp_id, expected_origin=_origin(),
            credential_public_key=base64url_to_bytes(factor.public_key),
            credential_current_sign_count=factor.sign_count,
        )  # fmt: skip
    except FAULTS:
        return None
    return found.new_sign_count
