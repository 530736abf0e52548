"""Facts of service: a request came in, became an order, ended; its reporter urged, judged, came back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from trunnion.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class OfRequest:
    """What every fact about a request says; nothing of who reported it."""

    request_id: UUID
    number: str
    asset_id: UUID | None
    customer_id: UUID | None
    order_id: UUID | None
    at: datetime


class RequestReceived(OfRequest, Event, name="service.request.received"):
    """Somebody asked for something."""

    request_kind: str
    channel: str
    is_stopped: bool


class RequestsBrought(Event, name="service.request.brought"):
    """Requests were brought in from elsewhere, each in the state that it has; nobody is told of each of them."""

    requests: int
    open: int


class RequestEdited(OfRequest, Event, name="service.request.edited"):
    """What is known of a request was changed."""


class RequestOrdered(OfRequest, Event, name="service.request.ordered"):
    """A request became an order."""


class RequestFinished(OfRequest, Event, name="service.request.finished"):
    """What was asked for is done or answered."""


class RequestRejected(OfRequest, Event, name="service.request.rejected"):
    """What was asked for will not be done."""

    reason: str


class RequestCancelled(OfRequest, Event, name="service.request.cancelled"):
    """Whoever asked took it back."""

    reason: str


class RequestMerged(OfRequest, Event, name="service.request.merged"):
    """A request asks for the same as another one."""

    into_id: UUID


class RequestReopened(OfRequest, Event, name="service.request.reopened"):
    """A request is open again."""

    reason: str


class RequestUrged(OfRequest, Event, name="service.request.urged"):
    """Whoever asked wants it sooner."""

    count: int


class RequestRated(OfRequest, Event, name="service.request.rated"):
    """Whoever asked judged the service; one or two stars ask for somebody's attention."""

    stars: int
    is_low: bool


class RequestShared(OfRequest, Event, name="service.request.shared"):
    """A progress link was made for somebody."""


class RequestErased(OfRequest, Event, name="service.request.erased"):
    """Who reported is no longer known."""
