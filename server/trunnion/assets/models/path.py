"""The column of a materialised path: a subtree is one range of its index."""

from typing import Any

from django.db.models import Lookup
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from trunnion.assets.rules.tree import END, NEXT
from trunnion.kernel.tables import KeyField


class PathField(KeyField):
    """A path such as `1/2k/a/`; `path__startswith` asks for a node and all below it as an index range."""


class _Below(Lookup):
    def as_sql(self, compiler: Any, connection: Any) -> Any:
        path = str(self.rhs)
        # A path that does not end like one would cut a serial number in two and find strangers.
        end = path[:-1] + NEXT if path.endswith(END) else path + NEXT
        low, low_values = compiler.compile(GreaterThanOrEqual(self.lhs, path))
        high, high_values = compiler.compile(LessThan(self.lhs, end))
        return f"({low} AND {high})", [*low_values, *high_values]


@PathField.register_lookup
class StartsWith(_Below):
    """The subtree of a path."""

    lookup_name = "startswith"


@PathField.register_lookup
class InsensitiveStartsWith(_Below):
    """The same, as the lists' filter `starts` asks for it."""

    lookup_name = "istartswith"
