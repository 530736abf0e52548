"""Every write of integrations, by noun."""

from . import cobie, import_run, table

__all__ = ["cobie", "import_run", "table"]
