"""An import contract of our own: what one room may use of another, file by file.

import-linter's layers say which room may know which; this says what of it: the public files, nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


@dataclass(frozen=True)
class Crossing:
    """One import from one room into another."""

    importer: str
    imported: str

    @property
    def own_room(self) -> str:
        """The room that imports."""
        return room(self.importer)

    @property
    def other_room(self) -> str:
        """The room that is imported from."""
        return room(self.imported)


def room(module: str) -> str:
    """The room a module lies in: the second part of its dotted name."""
    return module.split(".")[1]


def files(module: str) -> list[str]:
    """The parts of a module's name below its room; the last parts may be a smaller room's file."""
    return module.split(".")[2:]


class PublicFilesContract(Contract):
    """A room uses another's public files only; some doors see one more file of every room."""

    public: Any = fields.SetField(subfield=fields.StringField())
    private: Any = fields.SetField(subfield=fields.StringField())
    open_rooms: Any = fields.SetField(subfield=fields.StringField())
    doors: Any = fields.SetField(subfield=fields.StringField())
    door_files: Any = fields.SetField(subfield=fields.StringField())

    def is_allowed(self, crossing: Crossing) -> bool:
        """Whether this import stays within the rules."""
        inside = files(crossing.imported)
        reader = files(crossing.importer)
        if crossing.other_room in self.open_rooms or not inside:
            return True
        # Tests may look at what a lower room stored and use its builders; the layers still hold for them.
        if "tests" in reader or crossing.own_room == "conftest":
            return True
        # The command line runs an outside format by its own folder.
        if crossing.own_room == "cli" and crossing.other_room == "integrations":
            return True
        # A file that has become a folder is split by noun: the first known name decides.
        known = next((part for part in inside if part in self.public or part in self.private), None)
        if known in self.door_files and crossing.own_room in self.doors:
            return True
        if reader[:1] == ["events"] or "events" in reader[:2]:
            return False
        return known in self.public

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every import that leaves its room."""
        broken = []
        for importer in sorted(graph.find_descendants("trunnion")):
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                if not imported.startswith("trunnion.") or room(importer) == room(imported):
                    continue
                if not self.is_allowed(Crossing(importer, imported)):
                    details = graph.get_import_details(importer=importer, imported=imported)
                    broken += [(importer, imported, detail["line_number"]) for detail in details]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import, its line, and what is right instead."""
        names = ", ".join(sorted(self.public))
        for importer, imported, line in check.metadata["broken"]:
            output.print_error(f"{importer} -> {imported} (l. {line})", bold=True)
            if "events" in files(importer)[:2]:
                output.print_error(f"  {importer} holds facts: it imports the kernel only.")
            else:
                output.print_error(f"  Of the room {room(imported)} only {names} may be used from outside.")
        output.new_line()
