"""A condition that stood bare is dated once, also where the tables went back before the dating and forward again."""

from datetime import UTC, datetime, timedelta

from django.db import migrations

from trunnion.kernel.journal import enter_organisation

STEP = 1000
SLACK = timedelta(seconds=1)


def remove_repeats(apps, schema_editor):
    """For each organisation by itself: on PostgreSQL nothing is seen before it is said whose rows."""
    organisations = apps.get_model("identity", "Organisation")._base_manager.values_list("id", flat=True)
    for organisation_id in list(organisations):
        enter_organisation(organisation_id)
        _remove(apps, organisation_id)


def _rows(apps, organisation_id):
    # The model's own manager asks for a context; a migration has none.
    from django.db.models import QuerySet

    return QuerySet(apps.get_model("assets", "ConditionAssessment")).filter(organisation_id=organisation_id)


def _remove(apps, organisation_id):
    """What was carried over is the first that is known of an asset; a later one of that sort is its repeat."""
    seen, repeats = set(), []
    for row in _rows(apps, organisation_id).order_by("id").iterator(STEP):
        if row.asset_id in seen and _is_carried_over(row):
            repeats.append(row.id)
        seen.add(row.asset_id)
    for start in range(0, len(repeats), STEP):
        _rows(apps, organisation_id).filter(id__in=repeats[start : start + STEP]).delete()


def _is_carried_over(row):
    """Nobody found it so, and it was stored later than it says."""
    is_bare = row.actor_id is None and row.scale_id is None and not (row.level or row.remark or row.file_id)
    stored_at = datetime.fromtimestamp((row.id.int >> 80) / 1000, UTC)
    return is_bare and row.created_at == row.changed_at and stored_at - row.created_at > SLACK


class Migration(migrations.Migration):

    dependencies = [
        ("assets", "0010_positions_assessed"),
    ]

    operations = [migrations.RunPython(remove_repeats, migrations.RunPython.noop)]
