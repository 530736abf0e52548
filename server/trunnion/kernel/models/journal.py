"""The journal's tables: entries with their chain, payloads that can be erased, and the answers of replayed requests."""

from django.db import models

from trunnion.kernel.ids import uuid7


class Entry(models.Model):
    """One verb that was done; `sequence` and `hash` are given by the sealer, in commit order, per organisation."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organisation_id = models.UUIDField()
    sequence = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=100)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    door = models.CharField(max_length=10)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True)
    parent_id = models.UUIDField(null=True)
    key = models.CharField(max_length=100, blank=True)
    events = models.CharField(max_length=1000, blank=True)
    occurred_at = models.DateTimeField()
    device_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation_id", "sequence"], name="entry_sequence")]
        indexes = [
            models.Index(fields=["organisation_id", "subject_id", "id"], name="entry_subject"),
            models.Index(fields=["organisation_id", "actor_id", "id"], name="entry_actor"),
            models.Index(
                fields=["organisation_id", "occurred_at", "id"],
                name="entry_unsealed",
                condition=models.Q(sequence__isnull=True),
            ),
        ]


class Payload(models.Model):
    """What the digest was made of: arguments, events, row differences; erasable without breaking the chain."""

    entry_id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    salt = models.CharField(max_length=32, blank=True)
    body = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True)


class RowChange(models.Model):
    """One row's difference inside a bulk entry, so that a record finds the batches that touched it."""

    id = models.BigAutoField(primary_key=True)
    organisation_id = models.UUIDField()
    entry_id = models.UUIDField()
    row_id = models.UUIDField()
    body = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "row_id", "id"], name="rowchange_row"),
            models.Index(fields=["entry_id", "id"], name="rowchange_entry"),
        ]


class Chain(models.Model):
    """The head of an organisation's hash chain."""

    organisation_id = models.UUIDField(primary_key=True)
    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)


class Replay(models.Model):
    """The first answer to a request with a replay key, given again to each later one."""

    id = models.BigAutoField(primary_key=True)
    organisation_id = models.UUIDField()
    actor_id = models.UUIDField()
    key = models.CharField(max_length=100)
    verb = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    answer = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "actor_id", "key"], name="replay_key")
        ]
