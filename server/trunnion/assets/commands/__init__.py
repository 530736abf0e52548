"""Every write of assets, by noun."""
