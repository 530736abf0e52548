"""Every write of approvals, by noun."""

from . import approval, delegation, rule

__all__ = ["approval", "delegation", "rule"]
