"""Finance: what things cost, written down when it happens."""
