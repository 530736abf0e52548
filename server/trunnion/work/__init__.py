"""Work: the order on which everything turns that a person must do to an asset, at a place, by a time."""
