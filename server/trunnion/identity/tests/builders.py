"""Makes what tests of identity and of the rooms above need."""

from dataclasses import dataclass
from uuid import UUID

from django.test import Client

from trunnion.identity.commands import membership, organisation
from trunnion.identity.models import Membership, User
from trunnion.identity.queries import context_of_user
from trunnion.kernel.context import Context, Door, system
from trunnion.kernel.database import reading
from trunnion.kernel.ids import uuid7

PASSWORD = "correct horse 电池 staple"


@dataclass(frozen=True)
class Tenant:
    """An organisation under test: its owner's context and ways to make more people."""

    id: UUID
    owner: Context
    owner_email: str

    def person(self, *roles: str, name: str = "Li Wei", scopes: list | None = None) -> Context:
        """The context of a new member with these shipped roles."""
        email = f"{uuid7().hex[-10:]}@example.org"
        membership.create(
            self.owner, name=name, email=email, password=PASSWORD, roles=list(roles), scopes=scopes or []
        )
        return self.context(email)

    def context(self, email: str, door: Door = Door.WEB) -> Context:
        """A fresh context of a member."""
        return context_of_user(User.objects.get(email=email), self.id, door)

    def membership_of(self, ctx: Context) -> Membership:
        """The membership behind a context."""
        with reading(self.id):
            return Membership.objects.of(self.id).get(user_id=ctx.actor_id)

    def client(self, email: str | None = None) -> Client:
        """A signed-in browser."""
        client = Client(headers={"X-Trunnion-Door": "web"})
        answer = client.post(
            "/api/identity/sign-in",
            {"email": email or self.owner_email, "password": PASSWORD},
            content_type="application/json",
        )
        assert answer.status_code == 200, answer.content
        return client


def found_tenant(name: str) -> Tenant:
    """A new organisation with an owner."""
    ctx = system(uuid7(), Door.CLI)
    email = f"owner-{ctx.organisation_id.hex[-10:]}@example.org"
    organisation.found(ctx, name=name, owner_name="Wang", email=email, password=PASSWORD)
    return Tenant(
        ctx.organisation_id,
        context_of_user(User.objects.get(email=email), ctx.organisation_id, Door.WEB),
        email,
    )
