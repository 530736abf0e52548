"""Makes what tests of service and of the stories need: a shop with a labelled machine, and guests in front of it."""

import base64
import io
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageDraw

from trunnion.assets.commands import qr
from trunnion.identity.tests.builders import Tenant
from trunnion.kernel.journal import enter_organisation
from trunnion.service.models import GuestLink, Request
from trunnion.work.tests.builders import Shop

JSON = "application/json"


def photo(colour: str = "red", size: tuple[int, int] = (40, 30)) -> bytes:
    """A small JPEG."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def signature() -> str:
    """A name written on glass, as the page sends it."""
    image = Image.new("RGBA", (200, 80), (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(10, 60), (60, 15), (110, 65), (190, 20)], fill="black", width=4)
    out = io.BytesIO()
    image.save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


class Guest:
    """Somebody with a phone and no account."""

    def __init__(self, language: str = "en", address: str = "192.0.2.7") -> None:
        self.client = Client(
            headers={"Accept-Language": language, "X-Trunnion-Door": "portal"}, REMOTE_ADDR=address
        )

    def scan(self, token: str) -> Any:
        """Opens the page of a label."""
        return self.client.get(f"/api/service/scan/{token}")

    def send_photo(
        self, token: str, data: bytes | None = None, name: str = "leak.jpg", at: str = "scan"
    ) -> Any:
        """Sends a photo, before a report or for a message."""
        sent = SimpleUploadedFile(name, photo() if data is None else data)
        return self.client.post(f"/api/service/{at}/{token}/files", {"file": sent})

    def report(self, token: str, key: str | None = None, **said: Any) -> Any:
        """Reports."""
        headers = {"Idempotency-Key": key} if key else {}
        body = {"text": "Leaks at the seal", **said}
        return self.client.post(f"/api/service/scan/{token}/report", body, content_type=JSON, headers=headers)

    def progress(self, token: str, tag: str | None = None, language: str = "") -> Any:
        """Looks how things stand."""
        asked = f"?language={language}" if language else ""
        headers = {"If-None-Match": tag} if tag else {}
        return self.client.get(f"/api/service/progress/{token}{asked}", headers=headers)

    def act(self, token: str, verb: str, **body: Any) -> Any:
        """Does something through the progress link."""
        return self.client.post(f"/api/service/progress/{token}/{verb}", body, content_type=JSON)


class Service(Shop):
    """A shop whose machine has a label."""

    def __init__(self, tenant: Tenant) -> None:
        super().__init__(tenant)
        self.label = qr.issue(self.owner, self.pump).token

    def reported(self, guest: Guest | None = None, **said: Any) -> tuple[str, Request]:
        """A report about the machine: the progress token and what was stored."""
        answer = (guest or Guest()).report(self.label, **said)
        assert answer.status_code == 200, answer.content
        return answer.json()["progress_token"], self.request(answer.json()["number"])

    def request(self, number: str) -> Request:
        """A request as it is stored now."""
        enter_organisation(self.tenant.id)
        return Request.objects.of(self.owner).get(number=number)

    def again(self, row: Request) -> Request:
        """The same request, read anew."""
        return self.request(row.number)

    def bring(self, row: Request, *verbs: str) -> None:
        """Lets the house do these verbs on the order of a request."""
        for verb in verbs:
            self.do(verb, self.order_of(row))

    def order_of(self, row: Request) -> UUID:
        """The order that a request became."""
        assert row.order_id is not None
        return row.order_id

    def links(self, row: Request) -> list[GuestLink]:
        """The links of a request."""
        return list(GuestLink.objects.filter(request_id=row.id).order_by("role"))


def problem_of(answer: Any) -> dict[str, Any]:
    """A problem document without its trace, which is never the same twice."""
    body: dict[str, Any] = answer.json()
    body.pop("trace")
    return body


__all__ = ["Guest", "Service", "photo", "problem_of", "signature"]
