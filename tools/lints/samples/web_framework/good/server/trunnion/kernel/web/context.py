"""Speaks for the room."""

from django.http import HttpRequest
