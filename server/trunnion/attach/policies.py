"""What an actor sees of attach: whatever sticks to a record that they see, and what they brought themselves."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from trunnion.kernel.context import Context, Everything
from trunnion.kernel.policies import sees

from .models import Attribute, Comment, ExternalRef, File, FileLink, Signature, TagLink, Upload
from .subjects import seen_subjects

# Who may read what was said among colleagues.
READ_INTERNAL = "attach.internal.read"


def audible(ctx: Context) -> Q:
    """Which comments on a record that was checked already: internal ones for their readers, and one's own."""
    return Q() if ctx.may(READ_INTERNAL) else audible_to(ctx.actor_id)


def audible_to(actor_id: UUID | None) -> Q:
    """What somebody hears who may not read what is internal."""
    return Q(is_internal=False) | Q(author_id=actor_id)


def showable(ctx: Context) -> Q:
    """Which files of a record that was checked already: not those that hang on an internal comment."""
    return Q() if ctx.may(READ_INTERNAL) else showable_to(ctx.actor_id)


def showable_to(actor_id: UUID | None) -> Q:
    """What somebody is shown who may not read what is internal."""
    return Q(comment=None) | Q(comment__is_internal=False) | Q(comment__author_id=actor_id)


@sees(Comment)
def comments(ctx: Context) -> Q:
    """Comments on visible records; internal ones for whoever may read them, and one's own."""
    return seen_subjects(ctx) & audible(ctx)


@sees(FileLink)
def links(ctx: Context) -> Q:
    """Links to visible records; not those that hang on an internal comment."""
    return seen_subjects(ctx) & showable(ctx)


@sees(File)
def files(ctx: Context) -> Q:
    """One's own uploads, and the files of visible records."""
    if isinstance(ctx.grants, Everything):
        return Q()
    linked = Exists(FileLink.objects.of(ctx).filter(links(ctx), file_id=OuterRef("id")))
    if ctx.actor_id is None:
        return Q(linked)
    return Q(uploaded_by_id=ctx.actor_id) | Q(linked)


@sees(Upload)
def uploads(ctx: Context) -> Q:
    """One's own; what a guest sends is found by their proof."""
    if isinstance(ctx.grants, Everything):
        return Q()
    return Q(pk__in=[]) if ctx.actor_id is None else Q(owner_id=ctx.actor_id)


for _model in (Attribute, ExternalRef, Signature, TagLink):
    sees(_model)(seen_subjects)
