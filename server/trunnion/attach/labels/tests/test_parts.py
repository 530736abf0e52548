"""A large print is cut where a sheet is full; nothing is left out, nothing comes twice."""

from hypothesis import given
from hypothesis import strategies as st

from trunnion.attach.labels.rules.parts import Part, parts


def test_files_end_with_full_sheets():
    assert parts(100, 1, 5, 24, 50) == [Part(0, 44, 5), Part(44, 92, 1), Part(92, 100, 1)]
    assert parts(3, 1, 1, 24, 50) == [Part(0, 3, 1)]


@given(st.integers(1, 500), st.integers(1, 30), st.integers(1, 65), st.integers(1, 65), st.integers(1, 200))
def test_every_record_is_in_one_file(count, copies, start, cells, most):
    found = parts(count, copies, min(start, cells), cells, most)
    assert [i for part in found for i in range(part.first, part.last)] == list(range(count))
    assert all((part.last - part.first) * copies <= max(most, copies) for part in found)
