"""Orders."""

from trunnion.kernel.fields import reference
from trunnion.kernel.tables import Row


class Order(Row):
    asset = reference("assets.Asset")
