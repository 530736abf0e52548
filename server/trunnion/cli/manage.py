"""`trunnion manage`: Django's own management commands, for developers."""

import click
from django.core.management import execute_from_command_line


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run a management command of the framework (migrations, shell)."""
    execute_from_command_line(["trunnion manage", *arguments])
