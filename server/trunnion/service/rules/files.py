"""What a guest may send: how much, how often, and of which kind."""

from datetime import timedelta

import filetype

MOST_FILES = 10
MOST_BYTES = 20 * 1024 * 1024
MOST_FILM_BYTES = 250 * 1024 * 1024
# Longer than anybody films a fault, and short enough for a bad line.
MOST_SECONDS = 60
HEAD = 8192
SEEN = ("image/", "video/", "audio/")

WINDOW = timedelta(minutes=10)
# A label hangs where several people stand; an address may be a whole hospital behind one router.
REPORTS_PER_LABEL, REPORTS_PER_ADDRESS = 10, 30
FILES_PER_LABEL, FILES_PER_ADDRESS = 60, 200
CALLS_PER_LINK, CALLS_PER_ADDRESS = 30, 120
# A film of 60 MB in the smallest pieces that a bad line makes.
PIECES_PER_LABEL, PIECES_PER_ADDRESS = 3_000, 6_000


def is_seen_or_heard(head: bytes) -> bool:
    """Whether the first bytes are those of a photo, a film or a recording."""
    guessed = filetype.guess_mime(head)
    return guessed is not None and guessed.startswith(SEEN)
