"""Seals what must be read again, such as an app's secret, with a key made of the installation's secret."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

PURPOSE = b"trunnion.factors"


def _key(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(PURPOSE + secret.encode()).digest()))


def _keys() -> MultiFernet:
    return MultiFernet([_key(one) for one in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def seal(text: str) -> str:
    """The text, readable by this installation only."""
    return _keys().encrypt(text.encode()).decode()


def opened(sealed: str) -> str | None:
    """What was sealed; None where the installation's secret was changed and the former one is not known any more."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None
