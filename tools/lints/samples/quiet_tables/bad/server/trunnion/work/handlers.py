"""Reacts."""

from django.db.models.signals import post_save  # bad
from django.dispatch import receiver  # bad
