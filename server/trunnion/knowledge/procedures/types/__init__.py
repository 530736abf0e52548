"""Values of procedures that cross the boundary, by noun."""
