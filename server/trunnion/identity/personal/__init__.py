"""What is kept of a person: told to them, and forgotten when they have left."""
