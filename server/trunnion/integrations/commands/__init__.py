"""Every write of integrations, by noun."""

from . import cobie, drafts, formats, ifc, import_run, table

__all__ = ["cobie", "drafts", "formats", "ifc", "import_run", "table"]
