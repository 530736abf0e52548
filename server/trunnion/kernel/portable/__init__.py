"""Rows that leave an installation and come back: which tables, in what shape, in what container."""
