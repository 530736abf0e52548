"""Commands of Django that are done a little differently here."""
