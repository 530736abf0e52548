"""What guests report in a demo by the codes on the machines: words, a small photo, later a signature and stars."""

import base64
import io
import random
from uuid import UUID

from PIL import Image, ImageDraw

from trunnion.attach.commands import file
from trunnion.kernel.ids import token
from trunnion.kernel.worker import settle
from trunnion.service.commands import guest
from trunnion.service.queries import callers
from trunnion.service.types import RequestDone

from . import recent
from .ground import Stage
from .plan import Thing

UPLOAD = "attach.file.upload"
STARS = [5, 5, 5, 4, 4, 3, 2]
WORDS = {
    5: "Quick and friendly 又快又好", 4: "Good 不错", 3: "Took a while 等得有点久", 2: "Came back the next day 第二天又坏了",
}  # fmt: skip


def report(stage: Stage, dice: random.Random) -> None:
    """Lets guests report; a third of it is done by now, signed and judged."""
    things = [t for t in stage.plan.things if t.kind.faults and t.state == "in_service"]
    done: list[RequestDone] = []
    for count in range(stage.plan.size.guests):
        thing = dice.choice(things)
        made = _report(stage, thing, dice)
        if count % 3 == 0 and made.order_id is not None:
            recent.send(stage, made.order_id, thing, "completed", dice)
            done.append(made)
    # Requests follow their orders by the events; guests can only judge what has arrived.
    settle([stage.owner.organisation_id])
    for made in done:
        _judge(stage, made.id, dice.choice(STARS))


def _report(stage: Stage, thing: Thing, dice: random.Random) -> RequestDone:
    organisation_id, language = stage.owner.organisation_id, dice.choice(["zh-CN", "zh-CN", "en"])
    proof, fault = token(128), dice.choice(thing.kind.faults)
    sent = file.store(
        callers.acting(organisation_id, UPLOAD, language), "photo.jpg", [_photo(thing.tag, dice)], proof=proof
    )
    return guest.report(
        callers.acting(organisation_id, "service.request.report", language), asset_id=stage.assets[thing.index],
        text=fault.text, contact_name=dice.choice(stage.plan.trade.reporters), file_ids=[sent.id], language=language,
        contact_phone=f"138{dice.randrange(10**8):08}", proof=proof,
    )  # fmt: skip


def _judge(stage: Stage, request_id: UUID, stars: int) -> None:
    organisation_id = stage.owner.organisation_id
    guest.confirm(
        callers.acting(organisation_id, "service.request.confirm", "zh-CN"), request_id,
        name=stage.plan.trade.reporters[0], signature_png_base64=_signature(),
    )  # fmt: skip
    guest.rate(
        callers.acting(organisation_id, "service.request.rate", "zh-CN"),
        request_id,
        stars=stars,
        text=WORDS[stars],
    )


def _photo(tag: str, dice: random.Random) -> bytes:
    """A picture of a machine with its tag and a stain beneath it."""
    image = Image.new("RGB", (480, 360), (206, 208, 204))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 270, 480, 360), fill=(150, 148, 142))
    body = dice.choice([(58, 96, 130), (84, 110, 90), (128, 124, 116)])
    draw.rounded_rectangle((110, 90, 370, 280), 18, fill=body, outline=(40, 40, 40), width=3)
    draw.ellipse((150, 130, 240, 220), fill=(70, 74, 78), outline=(30, 30, 30), width=4)
    draw.rectangle((262, 130, 350, 176), fill=(236, 234, 226))
    draw.text((270, 144), tag, fill=(20, 20, 20), font_size=18)
    left = dice.randrange(120, 240)
    draw.ellipse((left, 288, left + dice.randrange(80, 160), 320), fill=(92, 92, 94))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def _signature() -> str:
    image = Image.new("RGBA", (320, 120), (255, 255, 255, 0))
    points = [(30, 80), (60, 30), (85, 90), (120, 40), (150, 85), (190, 50), (230, 75), (285, 45)]
    ImageDraw.Draw(image).line(points, fill=(20, 30, 90, 255), width=4, joint="curve")
    out = io.BytesIO()
    image.save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()
