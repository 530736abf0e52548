"""What tests of the demo share: a size that takes a moment, and a quiet ear."""

from trunnion.integrations.demo.types import Size

TINY = Size("tiny", 0, 1, 200, 6, 4, 3, 1, 3, 3, 1, most=2, kinds=5)
# One order in each state is enough to see them all.
ONCE = dict.fromkeys(
    ("draft", "requested", "approved", "planned", "dispatched", "accepted", "travelling", "on_site", "in_progress",
     "waiting", "completed", "confirmed", "closed", "cancelled", "rejected", "merged"), 1,
)  # fmt: skip
