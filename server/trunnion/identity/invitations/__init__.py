"""Invitations: a link or a code by which people become members with roles that somebody chose for them."""
