"""A room for tests only: every kind of column, reference, verb, event and route that the kernel has to carry."""
