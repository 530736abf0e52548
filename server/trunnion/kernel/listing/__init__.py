"""Listings: declared once, served with filters, search, sort, keyset paging, export and column metadata."""
