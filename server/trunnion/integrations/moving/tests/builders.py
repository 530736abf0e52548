"""Makes what tests of moving need: a small organisation that lives, containers, and containers doctored by hand."""

import json
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from trunnion.attach.commands import file
from trunnion.attach.types import FileRole
from trunnion.identity.commands import organisation
from trunnion.identity.tests.builders import Tenant
from trunnion.integrations.moving import outward
from trunnion.kernel import removal
from trunnion.kernel.context import Context, Door, system
from trunnion.kernel.database import reading
from trunnion.kernel.portable.container import MANIFEST, Reader, _seal
from trunnion.kernel.worker import settle
from trunnion.work.tests.builders import Shop
from trunnion.work.types import OrderState

PAPER = b"A document with a few words in it, \xe6\xb0\xb4\xe6\xb3\xb5.\n"


def living(tenant: Tenant) -> Shop:
    """An organisation with people, a machine, orders in several states, and a paper on one of them."""
    with reading(tenant.id):
        shop = Shop(tenant)
        for state in (OrderState.CLOSED, OrderState.IN_PROGRESS, OrderState.REQUESTED):
            shop.in_state(state, title=f"Order {state} 水泵漏水")
        order_id = shop.in_state(OrderState.COMPLETED)
        paper = file.store(shop.owner, "paper.txt", [PAPER])
        file.link(shop.owner, paper.id, "work.order", order_id, FileRole.DOCUMENT)
    settle([tenant.id])
    return shop


def exported(tenant: Tenant, path: Path, **asked: Any) -> Path:
    """The organisation in a container."""
    outward.write(system(tenant.id, Door.CLI), path, **asked)
    return path


def gone(organisation_id: UUID) -> None:
    """Takes the organisation away, its people too, so that it may come back."""
    removal.remove_rows(organisation_id)
    organisation.forget(organisation_id)


def members(path: Path) -> dict[str, dict[str, Any]]:
    """What the manifest says of each member."""
    with Reader(path) as reader:
        return reader.members


def told(path: Path, *but: str) -> dict[str, str]:
    """The digest of each part that is made of rows or contents."""
    return {n: m["sha256"] for n, m in members(path).items() if n not in but and not n.startswith("lists/")}


def doctored(path: Path, change: Callable[[dict[str, bytes], dict[str, Any]], None]) -> Path:
    """A container with other content and digests that fit it again: what a person with bad intent would make."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    manifest = json.loads(parts.pop(MANIFEST))
    change(parts, manifest)
    for name in manifest["members"]:
        if name in parts:
            body = parts[name]
            manifest["members"][name] = {
                "size": len(body), "rows": body.count(b"\n"), "sha256": sha256(body).hexdigest(),
            }  # fmt: skip
    target = path.with_name(f"doctored-{path.name}")
    packed(target, {**parts, MANIFEST: json.dumps(manifest).encode()})
    return target


def packed(target: Path, parts: dict[str, bytes]) -> None:
    """A sealed container of these members."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, body in parts.items():
            out.writestr(name, body)
        out.comment = b"sha256:" + b"0" * 64
    _seal(target)


def rewritten(parts: dict[str, bytes], member: str, old: str, new: str) -> None:
    """Replaces text in one member."""
    assert old.encode() in parts[member]
    parts[member] = parts[member].replace(old.encode(), new.encode())


def owner_again(tenant: Tenant) -> Context:
    """The owner as they are after the organisation came back."""
    return tenant.context(tenant.owner_email)
