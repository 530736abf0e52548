"""Django's own management entry, for migrations during development."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trunnion.settings")


def main() -> None:
    """Runs a management command."""
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
