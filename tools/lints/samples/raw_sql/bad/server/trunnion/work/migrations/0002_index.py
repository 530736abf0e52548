from django.db import migrations

operations = [migrations.RunSQL("SELECT 1")]  # bad
