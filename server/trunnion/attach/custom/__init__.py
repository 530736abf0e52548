"""Custom fields: defined by an organisation, stored typed, set by the records' own verbs, told in lists and details."""
