"""Tables of the papers of an asset's life: what was asked, ordered, received, checked, handed on and disposed of."""

from django.db import models

from trunnion.kernel.fields import ExactField, reference
from trunnion.kernel.tables import KeyField, Row


class LifecycleDocument(Row):
    """A dated paper about one or more assets; its kind is the verb that it goes with.

    One that waits for approval holds all that its move needs, and the move is made when it is granted.
    """

    kind = "assets.lifecycle_document"
    search_fields = ("number", "external_number", "remark", "signer_name")

    number = KeyField(max_length=20)
    verb = KeyField(max_length=30)
    state = models.CharField(max_length=12)
    dated_at = models.DateTimeField()
    remark = models.CharField(max_length=500, blank=True)
    # The number that the paper bears elsewhere: purchase order, delivery note, certificate.
    external_number = models.CharField(max_length=200, blank=True)
    amount = ExactField(null=True)
    proceeds = ExactField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    due_on = models.DateField(null=True)
    party = reference("parties.Party", null=True)
    result = models.CharField(max_length=20, blank=True)
    disposal = models.CharField(max_length=20, blank=True)
    to_location = reference("assets.Location", null=True)
    to_position = reference("assets.Position", null=True)
    to_owner = reference("parties.Party", null=True)
    to_user = reference("parties.Party", null=True)
    model = reference("catalog.Model", null=True)
    quantity = models.PositiveIntegerField(default=1)
    file = reference("attach.File", null=True)
    approval_id = models.UUIDField(null=True)
    # Why a granted move could not be made any more: the code of the refusal.
    failed_because = models.CharField(max_length=100, blank=True)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    # Who put their hand to it when it was made; what was signed stands with the signature.
    signer_name = models.CharField(max_length=200, blank=True)
    signature = reference("attach.Signature", null=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "number"], name="lifecycle_document_number")
        ]
        indexes = [
            models.Index(fields=["organisation_id", "dated_at", "id"], name="lifecycle_document_dated"),
            models.Index(fields=["organisation_id", "state", "verb"], name="lifecycle_document_state"),
        ]


class LifecycleDocumentLine(Row):
    """An asset that a paper is about."""

    kind = "assets.lifecycle_document_line"
    stays_with_merged = True

    document = reference("assets.LifecycleDocument", db_index=False)
    asset = reference("assets.Asset", db_index=False)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "document", "asset"], name="lifecycle_document_line"
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "asset"], name="lifecycle_document_asset")]


class AcceptancePoint(Row):
    """One checked point of an acceptance form."""

    kind = "assets.acceptance_point"

    document = reference("assets.LifecycleDocument", db_index=False)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    is_passed = models.BooleanField()
    remark = models.CharField(max_length=500, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "document", "position"], name="acceptance_point_order"
            )
        ]


class Defect(Row):
    """What an acceptance found wrong with an asset: open until it is put right, or accepted as it is."""

    kind = "assets.defect"
    search_fields = ("text", "remark")

    asset = reference("assets.Asset", db_index=False)
    document = reference("assets.LifecycleDocument", db_index=False)
    text = models.CharField(max_length=500)
    remark = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=12)
    due_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_remark = models.CharField(max_length=500, blank=True)
    # The form by which it was found to be put right; none where somebody said so.
    ended_document = reference("assets.LifecycleDocument", null=True)
    file = reference("attach.File", null=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "asset", "document", "text"], name="defect_once"
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "asset", "state"], name="defect_asset"),
            models.Index(fields=["organisation_id", "created_at", "id"], name="defect_list"),
            models.Index(fields=["organisation_id", "due_on", "id"], name="defect_due"),
        ]
