"""Lists."""

from django.http import JsonResponse  # bad
