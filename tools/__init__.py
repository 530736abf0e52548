"""The repository's own tools: set-up, test and check runs, a throw-away PostgreSQL, and the house lints."""
