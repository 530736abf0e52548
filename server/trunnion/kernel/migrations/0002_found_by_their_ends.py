"""What was written before is found by the ends of its numbers as well."""

from django.db import migrations

from trunnion.kernel.journal import enter_organisation

# As the index cuts them at this point of its history.
SHORTEST, LONGEST = 4, 10
STEP = 1000
# The first two words of a row say whose and what it is.
MARKS = 2


def ends_of(word):
    """The ends of a word with digits."""
    if not any("0" <= c <= "9" for c in word):
        return []
    return [word[-size:] for size in range(SHORTEST, min(len(word), LONGEST + 1))]


def lengthened(words):
    """The words of a row with the ends of those that have any."""
    own = words.split(" ")
    ends = [end for word in own[MARKS:] if word.isascii() for end in ends_of(word)]
    return " ".join(dict.fromkeys([*own, *ends]))


def learn(apps, schema_editor):
    """For each organisation by itself: on PostgreSQL nothing is seen before it is said whose rows."""
    texts = apps.get_model("kernel", "SearchText")
    organisations = apps.get_model("identity", "Organisation")._base_manager.values_list("id", flat=True)
    for organisation_id in list(organisations):
        enter_organisation(organisation_id)
        last = 0
        while rows := list(
            texts.objects.filter(organisation_id=organisation_id, id__gt=last).order_by("id")[:STEP]
        ):
            last = rows[-1].id
            changed = []
            for row in rows:
                words = lengthened(row.words)
                if words != row.words:
                    row.words = words
                    changed.append(row)
            texts.objects.bulk_update(changed, ["words"], batch_size=200)


class Migration(migrations.Migration):

    dependencies = [
        ("kernel", "0001_initial"),
        ("identity", "0001_initial"),
    ]

    operations = [migrations.RunPython(learn, migrations.RunPython.noop)]
