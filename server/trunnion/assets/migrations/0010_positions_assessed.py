"""What stood bare in a position becomes a dated assessment."""

from django.db import migrations

from trunnion.kernel.ids import uuid7
from trunnion.kernel.journal import enter_organisation

STATED = "0"
STEP = 1000


def carry_over(apps, schema_editor):
    """For each organisation by itself: on PostgreSQL nothing is seen before it is said whose rows."""
    organisations = apps.get_model("identity", "Organisation")._base_manager.values_list("id", flat=True)
    for organisation_id in list(organisations):
        enter_organisation(organisation_id)
        _date_what_was_bare(apps, organisation_id)


def _rows(apps, name, organisation_id):
    # The model's own manager asks for a context; a migration has none.
    from django.db.models import QuerySet

    return QuerySet(apps.get_model("assets", name)).filter(organisation_id=organisation_id)


def _date_what_was_bare(apps, organisation_id):
    criticality = apps.get_model("assets", "CriticalityAssessment")
    known = _rows(apps, "CriticalityAssessment", organisation_id).filter(position__isnull=False)
    assessed = set(known.values_list("position_id", flat=True))
    found = [
        criticality(
            id=uuid7(), organisation_id=organisation_id, position_id=row.id, level=row.criticality,
            matrix_version=STATED, assessed_on=row.changed_at.date(), created_at=row.changed_at,
            changed_at=row.changed_at,
        )
        for row in _rows(apps, "Position", organisation_id).exclude(criticality="").iterator(STEP)
        if row.id not in assessed
    ]  # fmt: skip
    _rows(apps, "CriticalityAssessment", organisation_id).bulk_create(found, batch_size=STEP)


class Migration(migrations.Migration):

    dependencies = [
        ("assets", "0009_position_assessments"),
        ("identity", "0001_initial"),
    ]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
