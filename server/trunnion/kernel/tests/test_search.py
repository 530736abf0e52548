"""What is written is found again, in Chinese and in English, by the same words on both databases."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from trunnion.kernel import unit
from trunnion.kernel.ids import uuid7
from trunnion.kernel.listing import page
from trunnion.kernel.models import SearchText
from trunnion.kernel.search import MAX_WORDS, ends_of, query_words, words_of

from .builders import thing
from .playground import commands
from .playground.models import Thing
from .playground.queries import THINGS

NAMES = [
    "循环水泵 P-101",
    "冷却塔风机",
    "Café boiler №7",
    "Ｆｕｌｌ　Ｗｉｄｔｈ１２",
    "AHU-03 空调机组 (3F)",
    "drive_belt 12kV",
    "泵",
    "SN00047411X",
]
FOUND = [
    ("水泵", {0}),
    ("泵", {0, 6}),
    ("循环水泵", {0}),
    ("泵水", set()),
    ("xhsb", {0}),
    ("XHS", {0}),
    ("lqt", {1}),
    ("p-101", {0}),
    ("101", {0}),
    ("10", {0}),
    ("01", set()),
    ("cafe", {2}),
    ("CAFÉ", {2}),
    ("boil", {2}),
    ("oiler", set()),
    ("full width12", {3}),
    ("full 12", set()),
    ("空调", {4}),
    ("ktjz", {4}),
    ("ahu 机组", {4}),
    ("3f", {4}),
    ("belt", {5}),
    ("drive", {5}),
    ("12k", {5}),
    ("水泵 风机", set()),
    ("411x", {7}),
    ("7411X", {7}),
    ("47411x", {7}),
    ("11x", set()),
    ("sn0004", {7}),
    ("", set(range(8))),
    ("   ", set()),
    ("-&|!():*'\"\\", set()),
    ("a" * 3000, set()),
    ("水" * 3000, set()),
    ("' OR 1=1 --", set()),
    ("pump & !x", set()),
]


@pytest.fixture
def indexed(here):
    return [thing(here, name) for name in NAMES]


def found(ctx, text: str) -> list[str]:
    return [r["name"] for r in page.page(ctx, THINGS, page.Ask(search=text))["rows"]]


def test_each_word_finds_what_holds_it(here, indexed):
    wrong = {
        text: found(here, text)
        for text, expected in FOUND
        if set(found(here, text)) != {indexed[i].name for i in expected}
    }
    assert wrong == {}


def test_very_long_texts_are_found_by_their_beginning(here):
    row = thing(here, "a" * 190, note="水" * 400 + " 尾")
    assert found(here, "a" * 150) == [row.name]
    assert found(here, "尾") == [row.name]


def test_the_index_follows_the_row(here):
    row = thing(here, "循环水泵", note="old")
    commands.edit(here, row.id, name="离心风机")
    assert (found(here, "水泵"), found(here, "风机"), found(here, "old")) == ([], ["离心风机"], ["离心风机"])
    commands.edit(here, row.id, count=5)
    assert found(here, "风机") == ["离心风机"]
    assert SearchText.objects.filter(row_id=row.id).count() == 1
    commands.remove(here, row.id)
    assert (found(here, "风机"), SearchText.objects.filter(row_id=row.id).count()) == ([], 0)


def test_a_batch_is_indexed_and_forgotten_too(here):
    commands.create_many(here, ["水泵一", "水泵二"])
    assert len(found(here, "水泵")) == 2
    with unit.entered(unit.Unit(here, "playground.thing.remove")):
        Thing.objects.of(here).delete()
    assert not SearchText.objects.filter(organisation_id=here.organisation_id).exists()


def test_what_was_written_before_is_found_by_its_ends_as_well(tenant):
    row = thing(tenant.owner, "循环水泵 SN00047411X")
    texts = SearchText.objects.filter(row_id=row.id)
    full = texts.get().words
    texts.update(words=" ".join(w for w in full.split() if w not in ends_of("sn00047411x")))
    assert texts.get().words != full
    import_module("trunnion.kernel.migrations.0002_found_by_their_ends").learn(
        apps, connection.schema_editor()
    )
    assert sorted(texts.get().words.split()) == sorted(full.split())


def test_a_search_stays_in_its_organisation_and_kind(here, there):
    thing(there, "水泵 theirs")
    mine = thing(here, "水泵 mine")
    SearchText(
        organisation_id=here.organisation_id, kind="playground.maker", row_id=uuid7(), words="水泵 other kind"
    ).save()
    assert found(here, "水泵") == [mine.name]


def test_a_word_of_the_mechanism_finds_nothing(here, indexed):
    marks = SearchText.objects.filter(organisation_id=here.organisation_id).first().words.split()[:2]
    assert [found(here, text) for text in (*marks, "o", "kp", "kplayground")] == [[]] * 5


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_every_text_is_found_by_itself(text):
    words, asked = words_of(text), query_words(text)
    assert len(words) <= MAX_WORDS
    assert all(any(w.startswith(a) for w in words) for a in asked), (words, asked)
