"""Which code is offered for which class, and where it stands."""

import pytest

from trunnion.knowledge.rules import is_offered, order_key, standing_of
from trunnion.knowledge.types import Standing


@pytest.mark.parametrize(
    ("classes", "class_code", "offered"),
    [
        (["*"], "PU", True),
        (["PU"], "PU", True),
        (["PU"], "PU.pump_unit.impeller", True),
        (["PU.pump_unit"], "PU", False),
        (["PU"], "PUX", False),
        (["CO"], "PU", False),
        (["CO"], None, True),
        (["CO"], "", True),
    ],
)
def test_a_code_is_offered_for_its_classes_and_below(classes, class_code, offered):
    assert is_offered(classes, class_code) is offered


def test_the_ways_out_stand_last():
    keys = [order_key(Standing.UNKNOWN, 1), order_key(Standing.OTHER, 2), order_key(Standing.PLAIN, 9)]
    assert sorted(keys) == keys[::-1]


def test_a_codes_name_says_its_standing():
    assert (standing_of("OTH"), standing_of("unknown"), standing_of("FTS")) == ("other", "unknown", "plain")
