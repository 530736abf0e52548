"""Full text: one tokenizer for Chinese and English at write time, one index table, two databases behind it."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from pypinyin import Style, lazy_pinyin

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_CJK = re.compile(r"[一-鿿㐀-䶿豈-﫿]+")
MAX_WORDS = 2000
# Longer words are cut, in the index as in the question; PostgreSQL refuses to index what is very long.
LONGEST = 60
SHORTEST_END, LONGEST_END = 4, 10


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """The runs of Latin letters and of Chinese characters, folded alike for both databases; and which it is."""
    folded = text.casefold() if text.isascii() else _folded(text)
    for word in _WORD.findall(folded):
        position = 0
        for run in _CJK.finditer(word):
            yield word[position : run.start()], False
            yield run.group(), True
            position = run.end()
        yield word[position:], False


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def words_of(text: str) -> list[str]:
    """What a text can be found by: Latin words, ends of numbers, Chinese bigrams and single characters, initials."""
    found: dict[str, None] = {}
    for word, is_chinese in _words(text):
        if not is_chinese:
            found[word[:LONGEST]] = None
            found.update((end, None) for end in ends_of(word[:LONGEST]))
            continue
        found.update((word[i : i + 2], None) for i in range(len(word) - 1))
        found.update((c, None) for c in word)
        if len(word) > 1:
            found[_initials(word[:LONGEST])] = None
    found.pop("", None)
    return list(found)[:MAX_WORDS]


def ends_of(word: str) -> list[str]:
    """The ends by which people read a number out: of a serial on a worn plate often only the last four are legible."""
    if not any("0" <= c <= "9" for c in word):
        return []
    return [word[-size:] for size in range(SHORTEST_END, min(len(word), LONGEST_END + 1))]


@lru_cache(maxsize=20_000)
def _initials(word: str) -> str:
    return "".join(lazy_pinyin(word, style=Style.FIRST_LETTER))


def query_words(text: str) -> list[str]:
    """What a search asks for: Chinese as bigrams (a single character as itself), everything else as a prefix."""
    wanted: list[str] = []
    for word, is_chinese in _words(text):
        if is_chinese and len(word) > 1:
            wanted.extend(word[i : i + 2] for i in range(len(word) - 1))
        elif word:
            wanted.append(word[:LONGEST])
    return wanted[:20]


def _marks(organisation_id: UUID, kind: str) -> str:
    # They begin with a letter that folding takes apart, so that no search can begin with it and meet them all.
    return f"ªo{organisation_id.hex} ªk{kind.replace('.', '').replace('_', '')}"


def index_row(model: Any, rows: list[Any], changed: set[str] | None = None, removed: bool = False) -> None:
    """Keeps the index in step with rows whose model names `search_fields`; runs in the writer's transaction."""
    fields = getattr(model, "search_fields", ())
    if not fields or (changed is not None and not changed & set(fields)):
        return
    from . import writer
    from .among import among
    from .models.search import SearchText

    if removed:
        SearchText.objects.filter(row_id__in=among(r.id for r in rows), kind=model.kind).delete()
        return
    texts = {row.id: words_for(model.kind, row, fields) for row in rows}
    lines = [(row.organisation_id, model.kind, row.id, texts[row.id]) for row in rows]
    if changed is not None and len(rows) > 1:
        standing = list(
            SearchText.objects.filter(row_id__in=among(texts), kind=model.kind).only("id", "row_id")
        )
        for text in standing:
            text.words = texts[text.row_id]
        writer.update_many(SearchText, ["words"], standing)
        known = {text.row_id for text in standing}
        lines = [line for line in lines if line[2] not in known]
    elif changed is not None:
        lines = [
            line for line in lines
            if not SearchText.objects.filter(row_id=line[2], kind=model.kind).update(words=line[3])
        ]  # fmt: skip
    # What no word leads to needs no place in the index.
    writer.insert_plain(SearchText, [line for line in lines if line[3]])


def words_for(kind: str, row: Any, fields: tuple[str, ...]) -> str:
    """What stands in the index for a row: the marks of whose and what it is, then the words of its fields, if any."""
    words = words_of(" ".join(str(getattr(row, f) or "") for f in fields))
    return " ".join([_marks(row.organisation_id, kind), *words]) if words else ""


def matching(organisation_id: UUID, kind: str, text: str) -> tuple[str, list[Any]] | None:
    """The SQL of the row ids that match all words of a search; None where the text holds no word."""
    wanted = query_words(text)
    if not wanted:
        return None
    marks = _marks(organisation_id, kind).split()
    if connection.vendor == "postgresql":
        asked = " & ".join([*(f"'{m}'" for m in marks), *(f"'{w}':*" for w in wanted)])
        return (
            "SELECT row_id FROM kernel_searchtext WHERE organisation_id = %s AND kind = %s"
            " AND to_tsvector('simple', words) @@ to_tsquery('simple', %s)",
            [organisation_id, kind, asked],
        )
    asked = " ".join([*(f'"{m}"' for m in marks), *(f'"{w}"*' for w in wanted)])
    return (
        "SELECT s.row_id FROM kernel_searchtext_fts f JOIN kernel_searchtext s ON s.id = f.rowid"
        " WHERE f.words MATCH %s AND s.organisation_id = %s AND s.kind = %s",
        [asked, organisation_id.hex, kind],
    )
