// Tests ids.
