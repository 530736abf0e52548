"""Listings: a list is declared once and served with filters, search, sort, keyset paging, export and column metadata."""
