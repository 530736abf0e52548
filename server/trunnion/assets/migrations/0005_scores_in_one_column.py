from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("assets", "0004_dated_assessments")]

    operations = [
        migrations.RemoveField(model_name="criticalityassessment", name=name)
        for name in ("cost", "environment", "production", "safety")
    ]
