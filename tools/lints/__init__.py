"""The house lints: one small module a rule, with samples that must be named and samples that must pass."""
