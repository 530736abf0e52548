"""Every write of integrations, by noun."""

from . import cobie, ifc, import_run, table

__all__ = ["cobie", "ifc", "import_run", "table"]
