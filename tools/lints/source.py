"""One file as the lints see it: where it lies, its syntax tree, and what its names stand for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

SERVER = ("server", "trunnion")


@dataclass(frozen=True, order=True)
class Finding:
    """One place that breaks a rule, and what is right instead."""

    path: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"


@dataclass(frozen=True)
class Source:
    """A file of the repository, by its path from the root."""

    path: str
    text: str

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The path's parts."""
        return PurePosixPath(self.path).parts

    @property
    def name(self) -> str:
        """The file's name."""
        return self.parts[-1]

    @property
    def is_python(self) -> bool:
        """Whether this is a Python module."""
        return self.name.endswith(".py")

    @property
    def is_migration(self) -> bool:
        """Whether Django wrote this file."""
        return "migrations" in self.parts

    @property
    def is_test(self) -> bool:
        """Whether this file belongs to tests."""
        return "tests" in self.parts or self.parts[0] == "stories" or self.name == "conftest.py"

    @property
    def is_server(self) -> bool:
        """Whether this is code that users run."""
        return self.is_python and self.parts[:2] == SERVER and not self.is_test

    @property
    def rooms(self) -> tuple[str, ...]:
        """The folders below the package: the room, a smaller room in it, a file that became a folder."""
        return self.parts[2:-1] if self.parts[:2] == SERVER else ()

    @property
    def in_kernel(self) -> bool:
        """Whether the file belongs to the kernel."""
        return self.rooms[:1] == ("kernel",)

    def is_file(self, name: str) -> bool:
        """Whether this is a room's file of that name, or part of the folder that it became."""
        return self.name == f"{name}.py" or name in self.rooms[1:]

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree; empty when the text cannot be parsed, which ruff names."""
        try:
            return ast.parse(self.text)
        except SyntaxError:
            return ast.Module(body=[], type_ignores=[])

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the tree."""
        return list(ast.walk(self.tree))

    def imported(self) -> Iterator[tuple[int, str]]:
        """The dotted names that the file imports, each with its line; a relative one is made whole."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node.lineno, f"{self.origin(node)}.{alias.name}") for alias in node.names)

    def origin(self, node: ast.ImportFrom) -> str:
        """The module that a from-import reads, made absolute."""
        if not node.level:
            return node.module or ""
        package = self.parts[1 : len(self.parts) - node.level] if self.parts[:2] == SERVER else ()
        return ".".join([*package, *([node.module] if node.module else [])])

    @cached_property
    def aliases(self) -> dict[str, str]:
        """What each imported name stands for."""
        known: dict[str, str] = {}
        for node in self.nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    first = alias.name.split(".")[0]
                    known[alias.asname or first] = alias.name if alias.asname else first
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    known[alias.asname or alias.name] = f"{self.origin(node)}.{alias.name}"
        return known

    def dotted(self, node: ast.AST) -> str:
        """The full dotted name of an expression such as `datetime.now`; `?` stands for anything else."""
        if isinstance(node, ast.Name):
            return self.aliases.get(node.id, node.id)
        if isinstance(node, ast.Attribute):
            return f"{self.dotted(node.value)}.{node.attr}"
        return "?"

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Every call with the full name of what is called."""
        for node in self.nodes:
            if isinstance(node, ast.Call):
                yield node, self.dotted(node.func)

    def finding(self, line: int, rule: str, message: str) -> Finding:
        """A finding in this file."""
        return Finding(self.path, line, rule, message)


def is_within(name: str, packages: tuple[str, ...]) -> bool:
    """Whether a dotted name is one of these packages or lies in one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)
