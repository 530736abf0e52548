"""The link of an invitation: it names its organisation, so that it is found before anybody has signed in."""

import base64
import binascii
import secrets
from uuid import UUID

import segno
from django.conf import settings

from trunnion.identity.passwords import token_digest
from trunnion.kernel.errors import NotVisible

from .types import Page

SECRET_BYTES = 20


def make(organisation_id: UUID) -> str:
    """A fresh token of 160 random bits."""
    return base64.urlsafe_b64encode(organisation_id.bytes + secrets.token_bytes(SECRET_BYTES)).decode()


def organisation_of(token: str) -> UUID:
    """The organisation that a token names; raises NotVisible for what is no token."""
    try:
        raw = base64.b64decode(token, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotVisible from error
    if len(raw) != 16 + SECRET_BYTES:
        raise NotVisible
    return UUID(bytes=raw[:16])


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return token_digest(token)


def address(token: str, page: Page = Page.CONSOLE) -> str:
    """The page that an invitation leads to."""
    return f"{settings.BASE_URL}/{page}/join/{token}"


def picture(token: str, page: Page = Page.CONSOLE) -> str:
    """The link as a QR code, an SVG image in a data address."""
    return segno.make(address(token, page), error="m", micro=False).svg_data_uri(scale=4, border=4)
