"""A small living system to look at: an organisation of its own, which can be taken away whole."""
