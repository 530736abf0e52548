"""Routes of attach."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.web import tus
from trunnion.kernel.web.answers import answer
from trunnion.kernel.web.contents import send
from trunnion.kernel.web.request import context_of
from trunnion.kernel.web.routes import Room, check

from . import listings, queries, storage
from .commands import attribute, comment, custom, custom_field, file, reference, signature, tag
from .commands import upload as upload_verbs
from .labels import api as labels

room = Room("attach")
READ = "attach.file.read"
# Room for the other parts of a multipart body.
SLACK = 64 * 1024
BEGIN = "attach.file.begin"


class TooLarge(Refusal):
    """The body is larger than any file may be (413)."""

    status = 413


def upload(request: HttpRequest) -> HttpResponse:
    """Takes the multipart field `file` in; the answer's id is what other verbs name it by."""
    ctx = context_of(request)
    return answer(receive(request, ctx))


def receive(request: HttpRequest, ctx: Context, proof: str = "") -> object:
    """The one file of a multipart request, stored for this context."""
    check(ctx, "attach.file.upload")
    length = request.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > storage.MOST_BYTES + SLACK:
        raise TooLarge("file_too_large", most_mb=storage.MOST_BYTES // (1024 * 1024))
    sent = request.FILES.getlist("file")
    if len(sent) != 1 or sent[0].name is None:
        raise Invalid.field("/file", "file_expected")
    return file.store(ctx, sent[0].name, sent[0].chunks(), proof=proof)


def content(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """The content of a file, for whoever sees a record that it is put to."""
    return _found(request, file_id, small=False)


def thumbnail(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """A small picture of a picture."""
    return _found(request, file_id, small=True)


def _found(request: HttpRequest, file_id: UUID, *, small: bool) -> HttpResponseBase:
    ctx = context_of(request)
    check(ctx, READ)
    with reading(ctx.organisation_id):
        found = queries.content_of(ctx, file_id, small)
    return send(request, found)


def _store(ctx: Context) -> tus.Store:
    """The uploads of whoever is signed in."""
    return tus.Store(
        most_bytes=storage.MOST_FILM_BYTES,
        begin=partial(upload_verbs.begin, ctx),
        state_of=partial(upload_verbs.state_of, ctx),
        add=lambda id_, offset, length, read, digest: upload_verbs.add(
            ctx, id_, offset, length, read, digest=digest
        ),
        drop=partial(upload_verbs.drop_own, ctx),
        add_poster=partial(upload_verbs.add_poster, ctx),
    )


def uploads_options(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (every view takes one)
    """What is known here of resumable uploads."""
    return tus.options(storage.MOST_FILM_BYTES)


def begin_upload(request: HttpRequest) -> HttpResponse:
    """Announces a content that comes piece by piece (tus 1.0); the address for its pieces is in the answer."""
    ctx = context_of(request)
    check(ctx, BEGIN)
    return tus.create(request, _store(ctx))


def one_upload(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """How far an upload is, one more piece of it, or its end; the last piece's answer names the file."""
    ctx = context_of(request)
    check(ctx, BEGIN)
    return tus.one(request, upload_id, _store(ctx))


def upload_poster(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """The picture that a film will be shown by."""
    ctx = context_of(request)
    check(ctx, BEGIN)
    return tus.poster(request, upload_id, _store(ctx))


room.plain(
    "OPTIONS", "/uploads", uploads_options, open_because="tells what this server can do", statuses=tus.EMPTY
)
room.plain("POST", "/uploads", begin_upload, BEGIN, statuses=tus.BEGUN)
for _method in tus.METHODS:
    room.plain(
        _method,
        "/uploads/{uuid:upload_id}",
        tus.named(one_upload, _method),
        BEGIN,
        statuses=tus.DONE[_method],
    )
room.plain("PUT", "/uploads/{uuid:upload_id}/poster", upload_poster, BEGIN, statuses=tus.EMPTY)
room.listing("/files", listings.FILES)
room.plain("POST", "/files", upload, "attach.file.upload")
room.plain("GET", "/files/{uuid:file_id}", content, READ)
room.plain("GET", "/files/{uuid:file_id}/thumbnail", thumbnail, READ)
room.detail("/files/{file_id}/card", queries.get_file, READ)
room.verb("/files/{file_id}/rename", file.rename)
room.verb("/files/{file_id}/link", file.link)
room.verb("/links/{link_id}/unlink", file.unlink)
room.verb("/links/{link_id}/publish", file.publish)
room.verb("/links/{link_id}/unpublish", file.unpublish)
room.listing("/comments", listings.COMMENTS)
room.verb("/comments/add", comment.add)
room.edit("/comments/{comment_id}", comment.edit)
room.verb("/comments/{comment_id}/remove", comment.remove)
room.listing("/signatures", listings.SIGNATURES)
room.verb("/signatures/sign", signature.sign)
room.detail("/signatures/{signature_id}", queries.get_signature, "attach.signature.read")
room.listing("/references", listings.REFERENCES)
room.verb("/references/set", reference.set_)
room.verb("/references/set_many", reference.set_many)
room.verb("/references/{reference_id}/end", reference.end)
room.listing("/attributes", listings.ATTRIBUTES)
room.verb("/attributes/set_many", attribute.set_many)
room.verb("/attributes/{attribute_id}/remove", attribute.remove)
room.listing("/tags", listings.TAGS)
room.detail("/tags/uses", queries.get_tag_uses, "attach.tag.read")
room.verb("/tags/create", tag.create)
room.verb("/tags/put", tag.put)
room.verb("/tags/put_many", tag.put_many)
room.edit("/tags/{tag_id}", tag.edit)
room.verb("/tags/{tag_id}/merge", tag.merge)
room.verb("/tags/{tag_id}/unmerge", tag.unmerge)
room.verb("/tags/{tag_id}/remove", tag.remove)
room.listing("/custom_fields", listings.CUSTOM_FIELDS)
room.verb("/custom_fields/create", custom_field.create)
room.verb("/custom_fields/arrange", custom_field.arrange)
room.detail("/custom_fields/kinds", queries.get_custom_kinds, queries.READ_CUSTOM)
room.detail("/custom_fields/of/{kind}", queries.get_custom_offered, queries.READ_CUSTOM)
room.detail("/custom_fields/{field_id}", queries.get_custom_field, queries.READ_CUSTOM)
room.edit("/custom_fields/{field_id}", custom_field.edit)
room.verb("/custom_fields/{field_id}/archive", custom_field.archive)
room.verb("/custom_fields/{field_id}/restore", custom_field.restore)
room.verb("/custom_fields/{field_id}/remove", custom_field.remove)
room.verb("/custom/set_many", custom.set_many)
labels.mount(room)
room.detail("/records/{kind}/{row_id}", queries.get_record, queries.READ_RECORD)
