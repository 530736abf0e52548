"""Second factors: what somebody proves beside their password."""
