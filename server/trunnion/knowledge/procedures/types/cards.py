"""What other rooms and the clients know of procedures."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import Field, StringConstraints

from .steps import Step

ClassCode = Annotated[str, StringConstraints(pattern=r"^(\*|[A-Za-z0-9_.-]{1,120})$")]
Classes = Annotated[list[ClassCode], Field(max_length=200)]
Models = Annotated[list[UUID], Field(max_length=200)]


class VersionState(StrEnum):
    """Where a version of a procedure is."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    SUPERSEDED = "superseded"
    RETIRED = "retired"


class Purpose(StrEnum):
    """For which kinds of order a procedure is proposed: those that work knows."""

    CORRECTIVE = "corrective"
    PREVENTIVE = "preventive"
    PREDICTIVE = "predictive"
    INSPECTION = "inspection"
    INSTALLATION = "installation"
    CALIBRATION = "calibration"
    MODIFICATION = "modification"
    MOVE = "move"
    DECOMMISSION = "decommission"
    CLEANING = "cleaning"
    METER_ROUND = "meter_round"


Purposes = Annotated[list[Purpose], Field(max_length=20)]


class ProcedureDone(msgspec.Struct, frozen=True):
    """The answer of a verb on a procedure: the version that it concerned is named too."""

    id: UUID
    version: int
    procedure_id: UUID
    number: str
    no: int


class ProcedureCard(msgspec.Struct, frozen=True):
    """A procedure that may be followed now, by its approved version; `fits` says what it was proposed for."""

    id: UUID
    number: str
    name: str
    version_id: UUID
    no: int
    step_count: int
    fits: str


class FrozenProcedure(msgspec.Struct, frozen=True):
    """The approved version of a procedure, whole: what an order keeps."""

    id: UUID
    number: str
    name: str
    version_id: UUID
    no: int
    steps: tuple[Step, ...]
