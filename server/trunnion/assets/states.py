"""The life of an asset, of what is found idle or wrong: which verb leads from which state to which."""

from trunnion.kernel.moves import Machine, Move

from .types.kinds import AssetState as S
from .types.kinds import DefectState as D
from .types.kinds import IdleState as I

UP = (S.IN_SERVICE, S.STANDBY, S.IDLE)
DOWN = (S.OUT_OF_ORDER, S.UNDER_REPAIR)
# Where it stands on its feet: in its place and not yet taken out of use.
STANDING = (S.INSTALLING, *UP, *DOWN)
ARRIVED = (S.RECEIVED, S.ACCEPTED, S.IN_STORE)
COMING = (S.PLANNED, S.REQUESTED, S.ORDERED)

LIFE = Machine(
    kind="assets.asset",
    states=S,
    initial=S.PLANNED,
    final=frozenset({S.DISPOSED}),
    moves=(
        Move.of("request", [S.PLANNED], S.REQUESTED),
        Move.of("order", [S.PLANNED, S.REQUESTED], S.ORDERED),
        # A purchase that nobody announced arrives as well.
        Move.of("receive", COMING, S.RECEIVED),
        Move.of("accept", [S.RECEIVED], S.ACCEPTED),
        # What did not pass stays as it arrived, until it passes or goes back.
        Move.of("fail_acceptance", [S.RECEIVED], None),
        Move.of("store", [S.RECEIVED, S.ACCEPTED, S.IDLE, *DOWN, S.DECOMMISSIONED], S.IN_STORE),
        # An idle machine that was decommissioned or stored begins a second life by being installed.
        Move.of("install", [*ARRIVED, S.DECOMMISSIONED], S.INSTALLING),
        Move.of("install", STANDING, None),
        Move.of("commission", [S.INSTALLING, S.ACCEPTED], S.IN_SERVICE),
        Move.of("stand_by", [S.IN_SERVICE, S.IDLE], S.STANDBY),
        Move.of("lay_idle", [S.IN_SERVICE, S.STANDBY], S.IDLE),
        Move.of("take_out", UP, S.OUT_OF_ORDER),
        Move.of("repair", [*UP, S.OUT_OF_ORDER, S.IN_STORE], S.UNDER_REPAIR),
        Move.of("restore", [S.STANDBY, S.IDLE, *DOWN], S.IN_SERVICE),
        Move.of("remove", [S.INSTALLING, *UP], S.IN_STORE),
        Move.of("remove", [*DOWN, S.DECOMMISSIONED], None),
        Move.of("move", [*ARRIVED, *STANDING, S.DECOMMISSIONED], None),
        Move.of("transfer", [S.ACCEPTED, S.IN_STORE, *STANDING, S.DECOMMISSIONED], None),
        Move.of("decommission", [S.ACCEPTED, S.IN_STORE, *STANDING], S.DECOMMISSIONED),
        Move.of("dispose", [*ARRIVED, S.DECOMMISSIONED], S.DISPOSED),
        Move.of("withdraw", COMING, S.DISPOSED),
        # The declared inverse of a disposal that was entered by mistake.
        Move.of("reinstate", [S.DISPOSED], S.DECOMMISSIONED),
    ),
)

IDLENESS = Machine(
    kind="assets.idle_finding",
    states=I,
    initial=I.FOUND,
    final=frozenset({I.REDEPLOYED, I.ENDED}),
    moves=(
        Move.of("offer", [I.FOUND], I.OFFERED),
        Move.of("claim", [I.FOUND, I.OFFERED], I.CLAIMED),
        Move.of("release", [I.CLAIMED], I.OFFERED),
        # A transfer of the asset by any way ends it like this.
        Move.of("hand_over", [I.FOUND, I.OFFERED, I.CLAIMED], I.REDEPLOYED),
        Move.of("dismiss", [I.FOUND, I.OFFERED, I.CLAIMED], I.ENDED),
    ),
)

DEFECTS = Machine(
    kind="assets.defect",
    states=D,
    initial=D.OPEN,
    final=frozenset(),
    moves=(
        Move.of("remedy", [D.OPEN], D.REMEDIED),
        Move.of("waive", [D.OPEN], D.WAIVED),
        Move.of("reopen", [D.REMEDIED, D.WAIVED], D.OPEN),
    ),
)
