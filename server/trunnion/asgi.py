"""What an ASGI server runs: `trunnion.asgi:application`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trunnion.settings")

import django

django.setup()

from trunnion.http.application import application  # noqa: E402  (needs the settings above)

__all__ = ["application"]
