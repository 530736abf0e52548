"""From request to context, and from a declared command, query or listing to a route."""
