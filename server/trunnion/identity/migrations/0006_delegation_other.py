from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("identity", "0005_delegation_order")]

    operations = [migrations.RemoveConstraint(model_name="delegation", name="delegation_other")]
