"""Tables of notices."""

from django.db import models
from django.db.models import Q

from trunnion.kernel.fields import KeyField, reference
from trunnion.kernel.tables import Row


class Notice(Row):
    """A card in somebody's inbox: like facts about one record become one card until it is read."""

    kind = "automation.notice"
    # What somebody was told in one installation is of no use in another.
    stays_behind = True

    recipient_id = models.UUIDField()
    what = KeyField(max_length=12)
    subject_kind = KeyField(max_length=60)
    subject_id = models.UUIDField()
    title = models.CharField(max_length=300)
    by_name = models.CharField(max_length=200, blank=True)
    detail = models.CharField(max_length=100, blank=True)
    count = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "recipient_id", "what", "subject_kind", "subject_id"],
                condition=Q(read_at=None),
                name="notice_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "last_at", "id"], name="notice_newest"),
            models.Index(fields=["organisation_id", "recipient_id", "last_at", "id"], name="notice_inbox"),
            models.Index(fields=["organisation_id", "subject_id", "what"], name="notice_subject"),
        ]


class NoticeSource(Row):
    """A fact that somebody was told already, so that a second delivery of it tells nothing."""

    kind = "automation.notice_source"
    stays_behind = True
    is_recorded = False

    notice = reference("automation.Notice", db_index=False)
    recipient_id = models.UUIDField()
    source = KeyField(max_length=160)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "recipient_id", "source"], name="notice_source_once"
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "notice"], name="notice_source_of")]


class NoticeChoice(Row):
    """What somebody does not want to be told of, or does again."""

    kind = "automation.notice_choice"
    stays_behind = True

    user_id = models.UUIDField()
    what = KeyField(max_length=12)
    is_wanted = models.BooleanField(default=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "user_id", "what"], name="notice_choice_once"),
        ]


class NoticeMute(Row):
    """A record of which somebody wants to hear nothing more, except when they are named themselves."""

    kind = "automation.notice_mute"
    stays_behind = True

    user_id = models.UUIDField()
    subject_kind = KeyField(max_length=60)
    subject_id = models.UUIDField()
    title = models.CharField(max_length=300, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "user_id", "subject_kind", "subject_id"], name="notice_mute_once"
            ),
        ]
