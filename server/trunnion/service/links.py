"""Progress links: unguessable, told again without being kept, found before any organisation is known."""

import base64
import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import F

from trunnion.kernel import clock
from trunnion.kernel.errors import NotVisible, Refusal
from trunnion.kernel.ids import token as random_token
from trunnion.kernel.ids import uuid7

from .models import GuestLink
from .types import LinkRole

BITS = 192


class OnlyReporter(Refusal):
    """The link shows how things go, and lets nobody act (403)."""

    status = 403


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def token_of(seed: str) -> str:
    """The token of a link; whoever has the database without the installation's secret cannot tell it."""
    tag = hmac.digest(settings.SECRET_KEY.encode(), b"trunnion.service.link:" + seed.encode(), "sha256")
    return base64.urlsafe_b64encode(tag[: BITS // 8]).decode()


def make(organisation_id: UUID, request_id: UUID, role: LinkRole) -> GuestLink:
    """Stores a fresh link, in the transaction of the verb that makes it."""
    seed = random_token(BITS)
    link = GuestLink(
        digest=digest_of(token_of(seed)), id=uuid7(), organisation_id=organisation_id, request_id=request_id,
        role=role, seed=seed, made_at=clock.now(),
    )  # fmt: skip
    link.save(force_insert=True)
    return link


def make_many(organisation_id: UUID, request_ids: list[UUID], role: LinkRole) -> None:
    """Stores a fresh link for each of these requests."""
    now, seeds = clock.now(), [random_token(BITS) for _ in request_ids]
    GuestLink.objects.bulk_create([
        GuestLink(
            digest=digest_of(token_of(seed)), id=uuid7(), organisation_id=organisation_id, request_id=request_id,
            role=role, seed=seed, made_at=now,
        )
        for request_id, seed in zip(request_ids, seeds, strict=True)
    ])  # fmt: skip


def set_expiry(organisation_id: UUID, request_id: UUID, expires_at: datetime | None) -> None:
    """When the links of a request go out; None while it is open."""
    GuestLink.objects.filter(organisation_id=organisation_id, request_id=request_id).update(
        expires_at=expires_at
    )


def bring_news(organisation_id: UUID, request_ids: list[UUID]) -> None:
    """Says that whoever holds a link of these requests would see something new."""
    found = GuestLink.objects.filter(organisation_id=organisation_id, request_id__in=request_ids)
    found.update(news=F("news") + 1)


def resolve(token: str) -> GuestLink:
    """The live link behind a token; raises NotVisible, the same for one that never was as for one gone out."""
    found = GuestLink.objects.filter(digest=digest_of(token)).first()
    if found is None or (found.expires_at is not None and found.expires_at <= clock.now()):
        raise NotVisible
    return found


def resolve_reporter(token: str) -> GuestLink:
    """The live link of whoever reported; raises OnlyReporter for the link of somebody who looks on."""
    found = resolve(token)
    if found.role != LinkRole.REPORTER:
        raise OnlyReporter("service.only_reporter")
    return found


def tokens_of(organisation_id: UUID, request_ids: list[UUID], role: LinkRole) -> dict[UUID, str]:
    """The tokens of these requests' links; of none whose secret was changed since, because it would lead nowhere."""
    rows = GuestLink.objects.filter(
        organisation_id=organisation_id, request_id__in=request_ids, role=role
    ).order_by("-made_at")
    told = [(row.request_id, row.digest, token_of(row.seed)) for row in rows]
    return {request_id: token for request_id, digest, token in told if digest_of(token) == digest}


def token_of_link(organisation_id: UUID, link_id: UUID) -> str:
    """The token of a link that was just made."""
    seeds = GuestLink.objects.filter(organisation_id=organisation_id, id=link_id).values_list(
        "seed", flat=True
    )
    return token_of(seeds.get())
