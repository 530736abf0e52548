"""Orders."""

from django.db import models

from trunnion.assets.models import Asset
from trunnion.kernel.fields import reference


class Order(models.Model):
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="+")  # bad
    place = models.ForeignKey("assets.Location", on_delete=models.CASCADE, related_name="+")  # bad
    model = models.ForeignKey(to="catalog.Model", on_delete=models.PROTECT)  # bad
    request = reference("service.Request")  # bad
    owner = reference("identity.User", related_name="orders")  # bad
    assets = models.ManyToManyField("assets.Asset", related_name="+")  # bad
