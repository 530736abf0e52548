"""Every write of purchasing."""
