"""A smaller room of automation: who is told of what, once, and what they do not want to be told."""
