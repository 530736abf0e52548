"""Stores."""

from trunnion.kernel.fields import reference


class Store:
    place = reference("assets.Location")  # bad
