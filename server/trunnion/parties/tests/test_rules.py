"""Names that mean one party, and coordinates in one system."""

import pytest

from trunnion.parties.rules import likeness, match_name, to_wgs84


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Grundfos GmbH", "GRUNDFOS"),
        ("Grundfos G.m.b.H.", "grundfos gmbh"),
        ("Acme Co., Ltd.", "ACME"),
        ("上海海港医院有限公司", "上海海港医院"),
        ("海港泵业(上海)有限公司", "海港泵业（上海）股份有限公司"),
        ("Ｓｉｅｍｅｎｓ AG", "Siemens"),
    ],
)
def test_legal_form_case_and_width_do_not_count(one, other):
    assert match_name(one) == match_name(other)


@pytest.mark.parametrize("name", ["有限公司", "Ltd", "...", "公司", "(x)"])
def test_a_name_never_becomes_nothing(name):
    assert match_name(name)


def test_likeness():
    assert likeness("grundfos", "grundfos") == 100
    assert likeness("grundfoss", "grundfos") > 90
    assert likeness("海港医院", "上海海港医院") == 90
    assert likeness("siemens", "siemens healthineers") == 90
    assert likeness("abb", "abbott") < 86
    assert likeness("harbour pumps", "wilo", score_cutoff=86) == 0


def test_known_points_of_other_systems():
    # Tiananmen: the published pairs of the three systems agree within a few metres.
    lon, lat = to_wgs84(116.397455, 39.909187, "gcj02")
    assert (lon, lat) == pytest.approx((116.391211, 39.907784), abs=2e-5)
    assert to_wgs84(116.403847, 39.915526, "bd09") == pytest.approx((116.391211, 39.907784), abs=5e-5)


def test_beyond_china_nothing_is_shifted():
    assert to_wgs84(13.4, 52.5, "gcj02") == (13.4, 52.5)
    assert to_wgs84(116.4, 39.9, "wgs84") == (116.4, 39.9)
