"""Orders and what hangs on them."""

from django.db import models

from trunnion.kernel.fields import reference


class Order(models.Model):
    asset = models.ForeignKey("assets.Asset", on_delete=models.PROTECT, related_name="+")
    place = reference("assets.Location", null=True)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, related_name="parts")


class Task(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="tasks")
    other = models.ForeignKey("work.Order", on_delete=models.CASCADE)
    tags = models.ManyToManyField("Tag")
