"""Text is cut where its language allows, made smaller, and ends with an ellipsis only when nothing else helps."""

from hypothesis import given
from hypothesis import strategies as st

from trunnion.attach.labels.fonts import measure
from trunnion.attach.labels.rules.lines import ELLIPSIS, fitted, wrapped


def wide(text: str) -> float:
    return measure(text, 8)


def test_words_stay_whole_and_chinese_breaks_anywhere():
    assert wrapped("Air handling unit", wide, wide("Air handling ")) == ["Air handling", "unit"]
    assert wrapped("离心给水泵一号", wide, wide("离心给水")) == ["离心给水", "泵一号"]


def test_no_line_begins_with_a_stop():
    assert wrapped("离心给水，泵", wide, wide("离心给水")) == ["离心给", "水，泵"]


def test_smaller_before_shorter():
    lines, factor = fitted("Feed pump no. 12", wide, wide("Feed pump no. 1"), 1)
    assert (lines, factor < 1) == (["Feed pump no. 12"], True)
    lines, factor = fitted("Feed pump " * 20, wide, wide("Feed pump"), 2)
    assert len(lines) == 2
    assert lines[-1].endswith(ELLIPSIS)


@given(st.text(max_size=80), st.floats(3, 80), st.integers(1, 4))
def test_whatever_the_text_it_stays_in_its_box(text, room, most):
    lines, factor = fitted(text, wide, room, most)
    assert len(lines) <= most
    for line in lines:
        assert wide(line) * factor <= room * 1.001 or len(line) <= 2
    if lines and not lines[-1].endswith(ELLIPSIS):
        assert "".join("".join(lines).split()) == "".join(text.split())
