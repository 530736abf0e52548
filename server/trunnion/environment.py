"""The environment: the five variables that configure an installation, and the data folder behind them."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

ORDER = (
    "identity", "attach", "parties", "catalog", "assets", "inventory", "knowledge", "workforce", "telemetry", "work",
    "service", "dispatch", "production", "sales", "finance", "prognosis", "automation", "analytics", "integrations",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Environment:
    """Where the data lives, which database, which address; every value has a default that works."""

    home: Path
    database_url: str
    bind: str
    base_url: str
    secret: str
    # Secrets of before: what they signed or sealed is still understood.
    former_secrets: tuple[str, ...] = ()

    @classmethod
    def read(cls) -> "Environment":
        """From the variables TRUNNION_*; makes the data folder and the secret when they are absent."""
        home = Path(os.environ.get("TRUNNION_HOME") or _default_home()).expanduser().resolve()
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        bind = os.environ.get("TRUNNION_BIND") or "127.0.0.1:8000"
        secret, *former = (os.environ.get("TRUNNION_SECRET") or _kept_secret(home / "secret")).splitlines()
        return cls(
            home=home,
            database_url=os.environ.get("TRUNNION_DATABASE_URL") or f"sqlite:///{home / 'trunnion.sqlite3'}",
            bind=bind,
            base_url=(os.environ.get("TRUNNION_BASE_URL") or f"http://{bind}").rstrip("/"),
            secret=secret,
            former_secrets=tuple(former),
        )

    def folder(self, name: str) -> Path:
        """A folder inside the home, made when absent."""
        path = self.home / name
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        return path

    def database(self) -> dict[str, Any]:
        """Django's description of the database."""
        parts = urlsplit(self.database_url)
        if parts.scheme == "sqlite":
            name = unquote(self.database_url.removeprefix("sqlite:///"))
            return {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": name,
                "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
                "CONN_MAX_AGE": None,
                "TEST": {"NAME": str(self.folder("test") / "test.sqlite3")},
            }
        if parts.scheme not in ("postgres", "postgresql"):
            raise SystemExit(
                f"TRUNNION_DATABASE_URL: {parts.scheme!r} is not known; use sqlite:///... or postgres://..."
            )
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.removeprefix("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": dict(parse_qsl(parts.query)),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }

    @staticmethod
    def rooms() -> list[str]:
        """The rooms that this installation has, in the order in which they may lean on each other."""
        here = Path(__file__).parent
        return [room for room in ORDER if (here / room / "apps.py").exists()]


def _default_home() -> Path:
    checkout = Path(__file__).parents[2]
    return checkout / "var" if (checkout / "pyproject.toml").exists() else Path("~/trunnion")


def _kept_secret(path: Path) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


ENVIRONMENT = Environment.read()
