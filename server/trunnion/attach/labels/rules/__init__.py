"""Pure decisions of labels: what fits on what, where each thing stands, how a text is cut into lines."""
