"""What an installation makes for itself never lies in version control: secrets, keys and databases."""

from __future__ import annotations

from collections.abc import Iterator

from tools.lints.source import Finding, Source

RULE = "left-behind"
NAMES = ("secret", ".env", "id_rsa", "id_ed25519", ".pypirc", ".netrc")
ENDINGS = (
    ".sqlite3",
    ".sqlite3-wal",
    ".sqlite3-shm",
    ".sqlite",
    ".db",
    ".pem",
    ".key",
    ".p12",
    ".log",
    ".pid",
)
KEY = "-----BEGIN " + "PRIVATE KEY-----"


def look(source: Source) -> Iterator[Finding]:
    """Name files that belong to one installation."""
    if source.name in NAMES or source.name.endswith(ENDINGS):
        message = "belongs to an installation: take it out of version control, ignore it, and renew what it kept secret"
        yield source.finding(1, RULE, message)
    elif KEY in source.text:
        yield source.finding(1, RULE, "holds a private key: take it out of version control and renew it")
