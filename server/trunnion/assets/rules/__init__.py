"""Pure decisions of assets: the tree, geometry, state history, meters."""
