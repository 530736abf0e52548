"""Sites, spaces, equipment and points as a Brick model."""
