"""What a guest may send: how much, how often, and of which kind."""

from datetime import timedelta

import filetype

MOST_FILES = 10
MOST_BYTES = 20 * 1024 * 1024
HEAD = 8192
SEEN = ("image/", "video/", "audio/")

WINDOW = timedelta(minutes=10)
# A label hangs where several people stand; an address may be a whole hospital behind one router.
REPORTS_PER_LABEL, REPORTS_PER_ADDRESS = 10, 30
FILES_PER_LABEL, FILES_PER_ADDRESS = 60, 200
CALLS_PER_LINK, CALLS_PER_ADDRESS = 30, 120


def is_seen_or_heard(head: bytes) -> bool:
    """Whether the first bytes are those of a photo, a film or a recording."""
    guessed = filetype.guess_mime(head)
    return guessed is not None and guessed.startswith(SEEN)
