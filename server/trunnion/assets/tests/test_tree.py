"""Paths are short and sort bytewise; a kind stands only where it makes sense."""

import pytest

from trunnion.assets.rules import tree
from trunnion.assets.types.kinds import LocationKind as K


def test_segments_are_short_and_distinct():
    made = [tree.segment(n) for n in range(1, 3000)]
    assert made[0] == "1/"
    assert made[35] == "10/"
    assert len(set(made)) == len(made)
    assert max(map(len, made)) == 4


def test_ancestors_are_named_outermost_first():
    assert tree.ancestors("1/2k/a/") == ["1/", "1/2k/"]
    assert tree.ancestors("1/") == []
    assert tree.depth("1/2k/a/") == 3


def test_a_sibling_whose_number_begins_alike_is_not_within():
    assert tree.is_within("1/2/3/", "1/2/")
    assert not tree.is_within("1/2k/", "1/2/")


@pytest.mark.parametrize(
    ("parent", "child", "may"),
    [
        (K.SITE, K.BUILDING, True), (K.BUILDING, K.FLOOR, True), (K.FLOOR, K.SPACE, True), (K.SITE, K.SPACE, True),
        (K.SPACE, K.SPACE, True), (K.BUILDING, K.BUILDING, True), (K.SITE, K.SITE, False), (K.FLOOR, K.FLOOR, False),
        (K.SPACE, K.FLOOR, False), (K.FLOOR, K.BUILDING, False), (K.SITE, K.PORTFOLIO, False),
        (K.OUTDOOR_POINT, K.SPACE, False), (K.LINEAR_SEGMENT, K.OUTDOOR_POINT, True),
        (K.LINEAR_SEGMENT, K.LINEAR_SEGMENT, True), (K.FLOOR, K.LINEAR_SEGMENT, False), (K.ZONE, K.SPACE, True),
        (K.ZONE, K.SITE, False), (K.SPACE, K.ZONE, True), (K.SITE, K.OUTDOOR_POINT, True),
    ],
)  # fmt: skip
def test_what_may_stand_in_what(parent, child, may):
    assert tree.may_hold(parent, child) is may


def test_the_possible_holders_are_named():
    assert tree.holders(K.FLOOR) == ["portfolio", "site", "building", "zone"]
