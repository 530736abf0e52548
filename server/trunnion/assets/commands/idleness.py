"""What a move of life means for a finding that the asset was idle."""

from trunnion.assets.events import IdleEnded
from trunnion.assets.models import Asset, IdleFinding
from trunnion.assets.types.kinds import AssetState, IdleCause, IdleState
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.unit import emit

# In these states nobody uses the asset, and it could be used.
IDLE = (AssetState.IDLE, AssetState.STANDBY, AssetState.IN_STORE)


def settle(ctx: Context, row: Asset, verb: str) -> None:
    """Ends the finding when the asset was handed on or is in use again."""
    if verb == "transfer":
        state, because = IdleState.REDEPLOYED, verb
    elif row.state not in IDLE and verb not in ("move", "create"):
        state, because = IdleState.ENDED, verb
    else:
        return
    found = IdleFinding.objects.of(ctx).filter(asset_id=row.id, ended_at=None).first()
    if found is None or (
        state == IdleState.ENDED and found.cause == IdleCause.NO_USE and row.state == "in_service"
    ):
        return
    end(found, state, because)


def end(found: IdleFinding, state: IdleState, because: str) -> None:
    """Closes a finding and tells why."""
    found.state, found.ended_at, found.ended_because = state, clock.now(), because
    found.save()
    emit(IdleEnded(finding_id=found.id, asset_id=found.asset_id, state=state))
