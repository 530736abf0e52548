"""Speaks for the room."""

from django.db.models import Q
