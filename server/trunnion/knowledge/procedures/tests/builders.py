"""Makes procedures for tests."""

from typing import Any
from uuid import UUID

from trunnion.identity.tests.builders import Tenant
from trunnion.knowledge.procedures.commands import procedure, version
from trunnion.knowledge.procedures.models import ProcedureVersion
from trunnion.knowledge.procedures.types.cards import ProcedureDone

STEPS: tuple[dict[str, Any], ...] = (
    {"key": "safe", "title": "Lock and tag the drive", "asks": "read", "section": "Before"},
    {
        "key": "temp", "title": "Bearing temperature", "asks": "number", "unit": "°C", "low": "10", "high": "80",
        "requirement": "must", "section": "Running",
    },
    {
        "key": "why", "title": "What is hot?", "asks": "text", "requirement": "reason", "section": "Running",
        "when": [{"step": "temp", "results": ["fail"]}],
    },
    {"key": "oil", "title": "Oil", "asks": "choice", "choices": ["clear", "milky"], "section": "Running"},
)  # fmt: skip


def draft(tenant: Tenant, steps: tuple[dict[str, Any], ...] = STEPS, **facts: Any) -> ProcedureDone:
    """A procedure whose first version is a draft."""
    return procedure.create(tenant.owner, **{"name": "Pump round", "steps": steps, **facts})


def newest(tenant: Tenant, procedure_id: UUID) -> ProcedureVersion:
    """Its newest version."""
    found = (
        ProcedureVersion.objects.of(tenant.owner).filter(procedure_id=procedure_id).order_by("-no").first()
    )
    assert found is not None
    return found


def approved(tenant: Tenant, steps: tuple[dict[str, Any], ...] = STEPS, **facts: Any) -> ProcedureDone:
    """A procedure in force: the owner wrote it, a manager approved it."""
    made = draft(tenant, steps, **facts)
    row = newest(tenant, made.id)
    version.submit(tenant.owner, row.id)
    version.approve(tenant.person("manager"), row.id)
    return made
