"""Numbering: how an organisation writes the numbers of its orders, assets and papers."""
