"""Who may come in: organisations, people with a login, roles and grants, sessions and tokens."""
