"""Values of assets that cross the boundary, by what they are."""
