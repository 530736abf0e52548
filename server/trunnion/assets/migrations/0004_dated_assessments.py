"""What stood in bare fields becomes dated assessments; scores move into one column."""

from django.db import migrations

from trunnion.kernel.ids import uuid7
from trunnion.kernel.journal import enter_organisation

AXES = ("safety", "environment", "production", "cost")
STATED = "0"
STEP = 1000


def carry_over(apps, schema_editor):
    """For each organisation by itself: on PostgreSQL nothing is seen before it is said whose rows."""
    organisations = apps.get_model("identity", "Organisation")._base_manager.values_list("id", flat=True)
    for organisation_id in list(organisations):
        enter_organisation(organisation_id)
        _gather_scores(apps, organisation_id)
        _date_what_was_bare(apps, organisation_id)


def _rows(apps, name, organisation_id):
    # The model's own manager asks for a context; a migration has none.
    from django.db.models import QuerySet

    return QuerySet(apps.get_model("assets", name)).filter(organisation_id=organisation_id)


def _gather_scores(apps, organisation_id):
    changed = []
    for row in _rows(apps, "CriticalityAssessment", organisation_id).iterator(STEP):
        row.scores = {axis: getattr(row, axis) for axis in AXES if getattr(row, axis) is not None}
        if row.scores:
            changed.append(row)
    _rows(apps, "CriticalityAssessment", organisation_id).bulk_update(changed, ["scores"], batch_size=STEP)


def _date_what_was_bare(apps, organisation_id):
    assessed = set(
        _rows(apps, "CriticalityAssessment", organisation_id).values_list("asset_id", flat=True)
    )
    criticality = apps.get_model("assets", "CriticalityAssessment")
    condition = apps.get_model("assets", "ConditionAssessment")
    classes, conditions = [], []
    for row in _rows(apps, "Asset", organisation_id).iterator(STEP):
        when = {
            "id": uuid7(), "organisation_id": organisation_id, "asset_id": row.id,
            "assessed_on": row.changed_at.date(), "created_at": row.changed_at, "changed_at": row.changed_at,
        }  # fmt: skip
        if row.criticality and row.id not in assessed:
            classes.append(criticality(level=row.criticality, matrix_version=STATED, **when))
        if row.condition:
            conditions.append(condition(condition=row.condition, **{**when, "id": uuid7()}))
    _rows(apps, "CriticalityAssessment", organisation_id).bulk_create(classes, batch_size=STEP)
    _rows(apps, "ConditionAssessment", organisation_id).bulk_create(conditions, batch_size=STEP)


class Migration(migrations.Migration):

    dependencies = [
        ("assets", "0003_life_cycle"),
        ("identity", "0001_initial"),
    ]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
