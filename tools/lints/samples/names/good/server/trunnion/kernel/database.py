"""The databases' own ways."""
