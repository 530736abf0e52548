"""The people of a story: each with a browser of their own, speaking to the API and to nothing else."""

import base64
import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageDraw

from trunnion.identity.tests.builders import PASSWORD

JSON = "application/json"


class Person:
    """Somebody who asks and does; what is refused fails the story, unless it says which refusal it expects."""

    def __init__(self, language: str, door: str) -> None:
        self.client = Client(headers={"X-Trunnion-Door": door, "Accept-Language": language})

    def sign_in(self, email: str) -> "Person":
        """Opens a session."""
        self.do("identity/sign-in", email=email, password=PASSWORD)
        return self

    def get(self, path: str, **asked: Any) -> Any:
        """What the API answers."""
        answer = self.client.get(f"/api/{path}", asked or None)
        assert answer.status_code == 200, (path, answer.status_code, answer.content.decode())
        return answer.json()

    def do(self, path: str, expected: int = 200, **body: Any) -> Any:
        """Does a verb."""
        answer = self.client.post(f"/api/{path}", body, content_type=JSON)
        assert answer.status_code == expected, (path, answer.status_code, answer.content.decode())
        return answer.json()

    def send(self, path: str, name: str, colour: str) -> str:
        """Sends a photo; answers its id."""
        answer = self.client.post(f"/api/{path}", {"file": SimpleUploadedFile(name, photo(colour))})
        assert answer.status_code == 200, (path, answer.status_code, answer.content.decode())
        return str(answer.json()["id"])


def photo(colour: str) -> bytes:
    """A small JPEG."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return out.getvalue()


def signature() -> str:
    """A name written on glass."""
    image = Image.new("RGBA", (300, 120), (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(20, 90), (90, 25), (160, 95), (280, 30)], fill="black", width=5)
    out = io.BytesIO()
    image.save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()
