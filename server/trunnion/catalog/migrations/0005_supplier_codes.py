"""What suppliers call items is found as other names are."""

import unicodedata

from django.db import migrations

from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.search import words_of

STEP = 1000


def alias_key(text):
    """What two spellings of one code have in common, as of this point of its history."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())[:200]


def learn(apps, schema_editor):
    """For each organisation by itself: on PostgreSQL nothing is seen before it is said whose rows."""
    organisations = apps.get_model("identity", "Organisation")._base_manager.values_list("id", flat=True)
    for organisation_id in list(organisations):
        enter_organisation(organisation_id)
        coded = _rows(apps, "ItemSupplier", organisation_id).exclude(their_code="")
        changed, codes = [], {}
        for row in coded.order_by("id"):
            row.code_key = alias_key(row.their_code)
            changed.append(row)
            codes.setdefault(row.item_id, []).append(row.their_code)
        coded.bulk_update(changed, ["code_key"], batch_size=STEP)
        items = list(_rows(apps, "Item", organisation_id).filter(id__in=codes))
        for item in items:
            names = [*item.found_by.split("\n"), *codes[item.id]]
            item.found_by = "\n".join(dict.fromkeys(name for name in names if name))
        _rows(apps, "Item", organisation_id).bulk_update(items, ["found_by"], batch_size=STEP)
        _index(apps, organisation_id, {item.id: codes[item.id] for item in items})


def _rows(apps, name, organisation_id):
    # The model's own manager asks for a context; a migration has none.
    from django.db.models import QuerySet

    return QuerySet(apps.get_model("catalog", name)).filter(organisation_id=organisation_id)


def _index(apps, organisation_id, codes):
    texts = apps.get_model("kernel", "SearchText").objects.filter(organisation_id=organisation_id)
    listed = list(codes)
    for start in range(0, len(listed), STEP):
        rows = list(texts.filter(kind="catalog.item", row_id__in=listed[start : start + STEP]))
        for row in rows:
            row.words = " ".join(dict.fromkeys([*row.words.split(" "), *words_of(" ".join(codes[row.row_id]))]))
        texts.bulk_update(rows, ["words"], batch_size=200)


class Migration(migrations.Migration):

    dependencies = [
        ("catalog", "0004_item_master"),
        ("identity", "0001_initial"),
        ("kernel", "0002_found_by_their_ends"),
    ]

    operations = [migrations.RunPython(learn, migrations.RunPython.noop)]
