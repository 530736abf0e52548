"""Every write of integrations, by noun."""

from . import cobie, import_run

__all__ = ["cobie", "import_run"]
