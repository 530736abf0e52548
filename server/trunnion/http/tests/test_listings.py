"""Each list stands on indexes, can be asked for every column, and answers in one query."""

import json

import pytest
from django.db import models

from trunnion.http.api import mount
from trunnion.identity.tests.builders import found_tenant
from trunnion.kernel.database import reading
from trunnion.kernel.listing import page
from trunnion.kernel.listing.columns import LISTINGS, OPERATORS, Listing, Type
from trunnion.kernel.listing.ordering import may_be_null
from trunnion.kernel.walls import scoped_models

from .population import populate

mount()
# A value of each type that asks for trouble.
SAMPLES = {
    Type.ID: "0198a000-0000-7000-8000-000000000001",
    Type.REFERENCE: "0198a000-0000-7000-8000-000000000001",
    Type.TEXT: "水泵 x' %_\\",
    Type.NUMBER: 1,
    Type.DECIMAL: "1.5",
    Type.BOOLEAN: True,
    Type.DATE: "2026-11-21",
    Type.INSTANT: "2026-11-21T08:00:00Z",
}


def leads(model: type[models.Model]) -> set[tuple[str, ...]]:
    """The columns that the table's indexes begin with, cut to two."""
    found = [list(i.fields) for i in model._meta.indexes if i.condition is None]
    found += [list(c.fields) for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)]
    return {tuple(model._meta.get_field(n.lstrip("-")).attname for n in names[:2]) for names in found}


@pytest.mark.parametrize("name", sorted(LISTINGS))
def test_each_sort_has_an_index(name):
    listing = LISTINGS[name]
    indexed = leads(listing.model)
    sorts = {c.sort for c in listing.columns if c.sort and "__" not in c.sort and c.sort != "id"}
    names = {f.attname for f in listing.model._meta.concrete_fields}
    computed = {s for s in sorts if s not in names}
    missing = sorted(s for s in sorts - computed if ("organisation_id", s) not in indexed)
    assert missing == [], f"{listing.model.kind} lacks an index (organisation_id, sort, id)"


@pytest.mark.parametrize("model", scoped_models(), ids=lambda m: m.kind)
def test_each_index_begins_with_the_organisation(model):
    other = [names for names in leads(model) if names and names[0] != "organisation_id"]
    assert other == []


def questions(listing: Listing) -> list[page.Ask]:
    asks = [page.Ask(search="水泵 pump", count="estimated"), page.Ask(limit=1)]
    for column in listing.columns:
        if column.sort:
            asks += [page.Ask(sort=column.key, limit=1), page.Ask(sort=f"-{column.key}", limit=1)]
        for op in OPERATORS[column.type] if column.filter else ():
            one = (column.choices and next(iter(column.choices)).value) or SAMPLES.get(column.type, "x")
            value = {"in": [one], "between": [one, one], "is_null": False}.get(op, one)
            asks.append(page.Ask(filter=json.dumps({"field": column.key, "op": op, "value": value})))
    asks.append(page.Ask(columns=",".join(c.key for c in listing.columns)))
    return asks


@pytest.mark.django_db
def test_each_list_answers_every_question():
    tenant = found_tenant("Harbour Hospital")
    populate(tenant.id, "CANARY")
    wrong = {}
    for listing in LISTINGS.values():
        for ask in questions(listing):
            with reading(tenant.id):
                try:
                    told = page.page(tenant.owner, listing, ask)
                    while told["next"]:
                        again = page.Ask(ask.filter, ask.search, ask.sort, ask.limit, told["next"])
                        told = page.page(tenant.owner, listing, again)
                except Exception as error:  # noqa: BLE001  (all of them are told at once)
                    wrong[f"{listing.name} {ask}"] = repr(error)
    assert wrong == {}


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(LISTINGS))
def test_a_page_takes_one_query(name, django_assert_num_queries):
    """A second one where rows can be without the value that they are put in order by, and the page reaches those."""
    tenant = found_tenant("Harbour Hospital")
    listing = LISTINGS[name]
    column = listing.column(listing.order.split(",")[0].removeprefix("-"))
    is_split = "__" not in column.sort and may_be_null(listing.model, column.sort)
    with reading(tenant.id):
        page.page(tenant.owner, listing, page.Ask())
        with django_assert_num_queries(2 if is_split else 1):
            page.page(tenant.owner, listing, page.Ask())
