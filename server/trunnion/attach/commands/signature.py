"""The verb of signing."""

import base64
import binascii
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from trunnion.attach import intake, signing
from trunnion.attach.events import SignatureGiven
from trunnion.attach.models import File, Signature
from trunnion.attach.subjects import get_subject
from trunnion.attach.types import FileRole, Kind, Meaning
from trunnion.identity.types import Done
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.encoding import plain
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Instant, Line, Name, Prose
from trunnion.kernel.unit import about, emit

from .file import put

MOST_BASE64 = 1_400_000
Image = Annotated[str, StringConstraints(min_length=1, max_length=MOST_BASE64)]


@command("attach.signature.sign", secret=("image_png_base64",))
def sign(
    ctx: Context, kind: Kind, row_id: UUID, signer_name: Name, meaning: Meaning, image_png_base64: Image,
    signed_digest: Line = "", remark: Prose = "", signed_at: Instant | None = None, is_actor: bool = False,
) -> Done:  # fmt: skip
    """Keeps a handwritten name under a record, with the digest of what the record said at that moment.

    A verb of the record's own room gives `signed_digest`, or the room has told attach what is signed. `is_actor`
    says that the signed-in person signed for themselves; otherwise it was somebody in front of their screen.
    """
    about(kind, row_id)
    get_subject(ctx, kind, row_id)
    content = None if signed_digest else signing.content_of(ctx, kind, row_id)
    digest = signed_digest if content is None else signing.signed_digest(content)
    if not digest:
        raise Invalid.field("/kind", "kind_not_signable", kind=kind)
    file = _strokes(ctx, image_png_base64)
    row = Signature(
        subject_kind=kind, subject_id=row_id, signer_name=signer_name, image=file, meaning=meaning, remark=remark,
        signer_user_id=ctx.actor_id if is_actor else None, signed_digest=digest, signed_at=signed_at or clock.now(),
        signed_content=None if content is None else plain(dict(content)),
    )  # fmt: skip
    row.save()
    put(ctx, file, kind, row_id, FileRole.SIGNATURE)
    emit(
        SignatureGiven(
            signature_id=row.id,
            subject_kind=kind,
            subject_id=row_id,
            signer_name=signer_name,
            meaning=meaning,
        )
    )
    return Done(row.id, row.version)


def _strokes(ctx: Context, text: str) -> File:
    try:
        data = base64.b64decode(text.removeprefix("data:image/png;base64,"), validate=True)
    except (binascii.Error, ValueError):
        raise Invalid.field("/image_png_base64", "signature_not_png") from None
    kept = intake.take_in_strokes(data)
    row = File(
        sha256=kept.sha256, name=kept.name, media_type=kept.media_type, size=kept.size, width=kept.width,
        height=kept.height, has_thumbnail=False, uploaded_by_id=ctx.actor_id,
    )  # fmt: skip
    row.save()
    return row
