"""The command line: serve, import, export, people, demo data, backups, health, journal, contracts."""

import os
import sys

import click

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trunnion.settings")


class Lazy(click.Group):
    """Loads a command's module only when it is called, so that --help stays quick."""

    COMMANDS = {
        "serve": "trunnion.cli.serve:serve",
        "work": "trunnion.cli.work:work",
        "import": "trunnion.cli.transfer:import_",
        "export": "trunnion.cli.transfer:export",
        "user": "trunnion.cli.people:user",
        "demo": "trunnion.cli.demo:demo",
        "backup": "trunnion.cli.safekeeping:backup",
        "restore": "trunnion.cli.safekeeping:restore",
        "check": "trunnion.cli.check:check",
        "journal": "trunnion.cli.journal:journal",
        "contracts": "trunnion.cli.contracts:contracts",
        "manage": "trunnion.cli.manage:manage",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        target = self.COMMANDS.get(name)
        if target is None:
            return None
        from importlib import import_module

        import django

        django.setup()
        module, attribute = target.split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="trunnion")
def root() -> None:
    """Trunnion: maintenance, service and production on one data model."""


def main() -> None:
    """Runs the command line; a refusal is told in words and gives exit code 1, a wrong call 2."""
    from trunnion.kernel.errors import Refusal

    try:
        root(standalone_mode=True)
    except Refusal as refusal:
        from trunnion.kernel.words import say

        click.echo(say(f"refusal.{refusal.code}", "en", **refusal.facts), err=True)
        for line in refusal.errors:
            click.echo(f"  {line.pointer}: {say(f'refusal.{line.code}', 'en', **line.facts)}", err=True)
        sys.exit(1)
