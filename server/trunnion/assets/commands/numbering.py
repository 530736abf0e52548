"""Numbers of assets: the next free ones, and those that a file brings along, each one's own for good."""

from collections.abc import Iterable, Sequence

from trunnion.assets.models import Asset
from trunnion.assets.types.lines import AssetLine
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.numbers import free_numbers, series_of

from .naming import STEP

SERIES = series_of("A", Asset.kind)


def new_numbers(ctx: Context, count: int, besides: Iterable[str] = ()) -> list[str]:
    """Numbers for new assets; those that a file brought along are stepped over, and those `besides`."""

    def taken(numbers: list[str]) -> Iterable[str]:
        rows = Asset.objects.of(ctx).filter(number__in=numbers)
        return {*rows.values_list("number", flat=True), *besides}

    return free_numbers(ctx, SERIES, count, taken)


def give_numbers(ctx: Context, fresh: Sequence[tuple[Asset, int, AssetLine]]) -> None:
    """Gives new assets the numbers that their lines name, else the next free ones; raises Invalid for a taken one."""
    _check_free(ctx, {line.number: index for _, index, line in reversed(fresh) if line.number})
    first: dict[str, int] = {}
    for row, index, line in fresh:
        if line.number:
            if first.setdefault(line.number, index) != index:
                raise Invalid.field(f"/lines/{index}/number", "assets.number_twice", number=line.number)
            row.number = line.number
    nameless = [row for row, _, line in fresh if not line.number]
    for row, number in zip(nameless, new_numbers(ctx, len(nameless), first), strict=True):
        row.number = number


def check_number(row: Asset, line: AssetLine, index: int) -> None:
    """Refuses to give a standing asset another number."""
    if line.number and line.number != row.number:
        raise Invalid.field(f"/lines/{index}/number", "assets.number_stays", number=row.number)


def _check_free(ctx: Context, wanted: dict[str, int]) -> None:
    listed = list(wanted)
    for start in range(0, len(listed), STEP):
        # Every asset counts, also one that this actor does not see: a number is never used twice.
        rows = Asset.objects.of(ctx).filter(number__in=listed[start : start + STEP])
        for number in rows.values_list("number", flat=True):
            raise Invalid.field(f"/lines/{wanted[number]}/number", "assets.number_taken", number=number)
