"""Writes the register as a Brick 1.4 model in Turtle: what each thing is, where it is, what it measures."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from trunnion.integrations.haystack.model import Entity, Register
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading

PREFIXES = {
    "brick": "https://brickschema.org/schema/Brick#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "unit": "http://qudt.org/vocab/unit/",
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def write(ctx: Context, path: Path) -> int:
    """Writes the model; returns how many things it holds."""
    count = 0
    with reading(ctx.organisation_id):
        register = Register(ctx)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for prefix, address in PREFIXES.items():
            file.write(f"@prefix {prefix}: <{address}> .\n")
        for one in register:
            file.write("\n" + " ;\n    ".join(_statements(register, one)) + " .\n")
            count += 1
    return count


def _statements(register: Register, one: Entity) -> Iterator[str]:
    yield f"{_name(one.id)} a brick:{one.word.brick}"
    yield f"rdfs:label {_text(one.name)}"
    number = one.facts.get("number") or one.facts.get("code")
    if number:
        yield f"skos:notation {_text(number)}"
    if one.above is not None and one.above in register.entities:
        verb = {"location": "isPartOf", "asset": "hasLocation", "meter": "isPointOf"}[one.kind]
        yield f"brick:{verb} {_name(one.above)}"
    part_of = one.facts.get("part_of")
    if part_of in register.entities:
        yield f"brick:isPartOf {_name(part_of)}"
    if one.word.qudt:
        yield f"brick:hasUnit unit:{one.word.qudt}"


def _name(row_id: UUID) -> str:
    return f"<urn:uuid:{row_id}>"


def _text(text: str) -> str:
    """A string as Turtle takes it; the escapes of JSON are among its own."""
    return json.dumps(_CONTROL.sub(" ", text).strip(), ensure_ascii=False)
