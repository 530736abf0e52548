"""The server under measurement: `trunnion serve` with the reference routes added."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trunnion.settings")

import django

django.setup()

from django.conf import settings

settings.ROOT_URLCONF = "bench._reference"

from trunnion.cli.serve import serve

if __name__ == "__main__":
    serve(["--quiet"])
