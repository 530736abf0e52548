"""Takes back what a batch did to this room's rows, and lets them follow a merge."""

from trunnion.kernel.batching import batch_verbs

take_back, follow = batch_verbs("inventory")
