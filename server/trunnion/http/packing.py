"""Large answers of the API, packed for whoever can unpack them: lists over slow lines are a tenth of their size.

Only answers that say that they vary by encoding are packed. Length tells of content: an answer that holds a secret
beside text which somebody else chose must not be among them, so each route has to ask for it.
"""

import zlib
from collections.abc import Callable, Iterable
from typing import Any

# Below this the headers weigh more than what is saved.
LEAST = 2_000
# The quickest level: a page of a list takes a tenth of a millisecond, and the best one is hardly smaller.
LEVEL = 1
GZIP = 16 + zlib.MAX_WBITS
MARK = "Accept-Encoding"


def unpacks(accepted: str) -> bool:
    """Whether a browser says that it understands gzip; `gzip;q=0` says that it does not."""
    for one in accepted.lower().split(","):
        name, _, quality = one.partition(";")
        if name.strip() == "gzip":
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def pack(content: bytes) -> bytes:
    """The same as gzip."""
    packer = zlib.compressobj(LEVEL, wbits=GZIP)
    return packer.compress(content) + packer.flush()


def packed(
    environ: dict[str, Any], start_response: Any, answer: Callable[[dict[str, Any], Any], Iterable[bytes]]
) -> Iterable[bytes]:
    """What `answer` answers, packed where it may be; called when nobody waits for a turn any more."""
    held: list[Any] = []

    def hold(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], None]:
        held[:] = [status, headers, exc_info]
        return lambda _: None

    body = answer(environ, hold)
    status, headers, exc_info = held
    names = {name.lower(): value for name, value in headers}
    if (
        names.get("vary") != MARK
        or "content-encoding" in names
        or not unpacks(environ.get("HTTP_ACCEPT_ENCODING", ""))
    ):
        start_response(status, headers, exc_info)
        return body
    content = b"".join(body)
    if len(content) >= LEAST:
        content = pack(content)
        headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
        headers += [("Content-Encoding", "gzip"), ("Content-Length", str(len(content)))]
    start_response(status, headers, exc_info)
    return [content]
