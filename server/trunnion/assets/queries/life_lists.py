"""The lists of the life cycle: papers, idle equipment, warranties, certificates, assessments."""

from datetime import timedelta

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    Q,
    Value,
    When,
)
from django.db.models.functions import Now, TruncDate

from trunnion.assets.commands.deadline import WARNINGS
from trunnion.assets.models import (
    Asset,
    Certificate,
    CertificateKind,
    CertificateRequirement,
    ConditionAssessment,
    CriticalityAssessment,
    Defect,
    IdleFinding,
    IdleRule,
    LifecycleDocument,
)
from trunnion.assets.types.kinds import (
    AcceptanceResult,
    AssetState,
    CertificateState,
    Condition,
    Criticality,
    DefectState,
    Disposal,
    IdleCause,
    IdleState,
    PaperState,
)
from trunnion.kernel.listing.columns import Column, Listing, Type

from .lists import READ

_CHOICE = "choice.assets"
_ID = Column("id", Type.ID, path="id")
_CREATED = Column("created_at", Type.INSTANT, path="created_at", sort="created_at")
_ASSET = (
    Column("asset_id", Type.REFERENCE, path="asset_id", refers_to="assets.asset"),
    Column("asset_number", path="asset__number"),
    Column("asset_name", path="asset__name"),
)
_PLACE = (
    Column("location", path="asset__location__name"),
    Column("site", path="asset__location__site__name"),
    Column("location_path", path="asset__location__path", hidden=True),
)
PAPERS = Listing(
    name="assets.lifecycle_documents",
    model=LifecycleDocument,
    permission="assets.lifecycle_document.read",
    order="-dated_at",
    columns=(
        _ID,
        Column("number", path="number"),
        Column("verb", path="verb"),
        Column("state", Type.CHOICE, path="state", choices=PaperState, words="state.assets.lifecycle_document"),
        Column("dated_at", Type.INSTANT, path="dated_at", sort="dated_at"),
        Column("external_number", path="external_number"),
        Column("party", path="party__name"),
        Column("amount", Type.DECIMAL, path="amount", summed=True, currency="currency"),
        Column("proceeds", Type.DECIMAL, path="proceeds", summed=True, currency="currency"),
        Column("currency", path="currency"),
        Column("due_on", Type.DATE, path="due_on"),
        Column("result", Type.CHOICE, path="result", choices=AcceptanceResult, words=f"{_CHOICE}.paper.result"),
        Column("disposal", Type.CHOICE, path="disposal", choices=Disposal, words=f"{_CHOICE}.asset.disposal"),
        Column("to_location", path="to_location__name"),
        Column("actor_name", path="actor_name"),
        Column("signer_name", path="signer_name"),
        Column("signed_at", Type.INSTANT, path="signature__signed_at"),
        Column("remark", path="remark"),
    ),
)  # fmt: skip
DEFECTS = Listing(
    name="assets.defects",
    model=Defect,
    permission="assets.defect.read",
    order="-created_at",
    columns=(
        _ID,
        *_ASSET,
        Column("text", path="text"),
        Column("state", Type.CHOICE, path="state", choices=DefectState, words="state.assets.defect"),
        Column("due_on", Type.DATE, path="due_on", sort="due_on"),
        Column("document_number", path="document__number"),
        Column("remark", path="remark"),
        *_PLACE,
        Column("ended_at", Type.INSTANT, path="ended_at"),
        Column("ended_by_name", path="ended_by_name"),
        Column("ended_remark", path="ended_remark"),
        _CREATED,
    ),
)
IDLE = Listing(
    name="assets.idle_findings",
    model=IdleFinding,
    permission="assets.idle_finding.read",
    order="-idle_days",
    columns=(
        _ID,
        *_ASSET,
        Column("state", Type.CHOICE, path="state", choices=IdleState, words="state.assets.idle_finding"),
        Column("cause", Type.CHOICE, path="cause", choices=IdleCause, words=f"{_CHOICE}.idle_finding.cause"),
        Column("idle_days", Type.NUMBER, path="idle_days", sort="idle_days"),
        Column("idle_since_at", Type.INSTANT, path="idle_since_at", sort="idle_since_at"),
        *_PLACE,
        Column("model", path="asset__model__name"),
        Column("equipment_class_path", path="asset__model__equipment_class__path", hidden=True),
        Column("price", Type.DECIMAL, path="asset__price", summed=True, currency="currency"),
        Column("currency", path="asset__currency"),
        Column("offered_until_on", Type.DATE, path="offered_until_on"),
        Column("claimed_location", path="claimed_location__name"),
        Column("claimed_by_name", path="claimed_by_name"),
        Column("ended_at", Type.INSTANT, path="ended_at"),
    ),
)
IDLE_RULES = Listing(
    name="assets.idle_rules",
    model=IdleRule,
    permission="assets.idle_rule.read",
    order="created_at",
    columns=(
        _ID,
        Column("equipment_class", path="equipment_class__code"),
        Column("days", Type.NUMBER, path="days"),
        _CREATED,
    ),
)
WARRANTIES = Listing(
    name="assets.warranties",
    model=Asset,
    permission=READ,
    order="warranty_until_on",
    narrow=lambda _: Q(warranty_until_on__isnull=False) & ~Q(state=AssetState.DISPOSED),
    columns=(
        _ID,
        Column("number", path="number", sort="number"),
        Column("name", path="name", sort="name_key"),
        Column("warranty_from_on", Type.DATE, path="warranty_from_on"),
        Column("warranty_until_on", Type.DATE, path="warranty_until_on", sort="warranty_until_on"),
        Column("state", Type.CHOICE, path="state", choices=AssetState, words="state.assets.asset"),
        Column("model", path="model__name"),
        Column("manufacturer", path="model__manufacturer__name"),
        Column("location", path="location__name"),
        Column("site", path="location__site__name"),
        Column("location_path", path="location__path", hidden=True),
    ),
)
# By the day of UTC: a list is read across zones; the warnings themselves go by the day of each place.
_SOON = ExpressionWrapper(
    Now() + Value(timedelta(days=max(WARNINGS)), output_field=DurationField()),
    output_field=DateTimeField(),
)
_STATE = Case(
    When(is_current=False, then=Value("")),
    When(next_due_on__lt=TruncDate(Now()), then=Value(CertificateState.OVERDUE.value)),
    When(next_due_on__lte=TruncDate(_SOON), then=Value(CertificateState.DUE.value)),
    default=Value(CertificateState.VALID.value),
    output_field=CharField(),
)
CERTIFICATES = Listing(
    name="assets.certificates",
    model=Certificate,
    permission="assets.certificate.read",
    order="next_due_on",
    columns=(
        _ID,
        *_ASSET,
        Column("kind", path="certificate_kind__name"),
        Column("number", path="number"),
        Column(
            "state", Type.CHOICE, path=_STATE, choices=CertificateState, words=f"{_CHOICE}.certificate.state"
        ),
        Column("issuer", path="issuer__name"),
        Column("issuer_name", path="issuer_name"),
        Column("issued_on", Type.DATE, path="issued_on", sort="issued_on"),
        Column("valid_until_on", Type.DATE, path="valid_until_on"),
        Column("next_due_on", Type.DATE, path="next_due_on", sort="next_due_on"),
        Column("is_current", Type.BOOLEAN, path="is_current"),
        *_PLACE,
    ),
)
CERTIFICATE_KINDS = Listing(
    name="assets.certificate_kinds",
    model=CertificateKind,
    permission="assets.certificate_kind.read",
    order="name",
    columns=(
        _ID,
        Column("code", path="code", sort="code"),
        Column("name", path="name", sort="name_key"),
        Column("interval_months", Type.NUMBER, path="interval_months"),
        Column("blocks_use", Type.BOOLEAN, path="blocks_use"),
        Column("is_active", Type.BOOLEAN, path="is_active"),
    ),
)
REQUIREMENTS = Listing(
    name="assets.certificate_requirements",
    model=CertificateRequirement,
    permission="assets.certificate_kind.read",
    order="created_at",
    columns=(
        _ID,
        Column("kind", path="certificate_kind__name"),
        Column("equipment_class", path="equipment_class__code"),
        _CREATED,
    ),
)
CRITICALITY = Listing(
    name="assets.criticality_assessments",
    model=CriticalityAssessment,
    permission="assets.assessment.read",
    order="-assessed_on",
    columns=(
        _ID,
        *_ASSET,
        Column("position_id", Type.REFERENCE, path="position_id", refers_to="assets.position"),
        Column("position_code", path="position__code"),
        Column("position_name", path="position__name"),
        Column("assessed_on", Type.DATE, path="assessed_on", sort="assessed_on"),
        Column("level", Type.CHOICE, path="level", choices=Criticality, words=f"{_CHOICE}.asset.criticality"),
        Column("result", Type.DECIMAL, path="result"),
        Column("matrix_version", path="matrix_version"),
        Column("actor_name", path="actor_name"),
        Column("remark", path="remark"),
    ),
)
CONDITIONS = Listing(
    name="assets.condition_assessments",
    model=ConditionAssessment,
    permission="assets.assessment.read",
    order="-assessed_on",
    columns=(
        _ID,
        *_ASSET,
        Column("assessed_on", Type.DATE, path="assessed_on", sort="assessed_on"),
        Column(
            "condition", Type.CHOICE, path="condition", choices=Condition, words=f"{_CHOICE}.asset.condition"
        ),
        Column("level", path="level"),
        Column("actor_name", path="actor_name"),
        Column("remark", path="remark"),
    ),
)
