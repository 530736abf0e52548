"""Tables of parties."""

from django.db import models

from trunnion.kernel.fields import ExactField, reference
from trunnion.kernel.mergeable import Mergeable
from trunnion.kernel.tables import KeyField, Row


class Party(Mergeable):
    """A company or a person that the organisation deals with, in one or more roles."""

    kind = "parties.party"
    search_fields = ("number", "name", "short_name", "tax_id", "phone", "email", "also_known")
    merge_facts = (
        "name", "short_name", "is_customer", "is_supplier", "is_manufacturer", "is_contractor", "tax_id", "phone",
        "email", "web", "parent_id", "service_level", "notes",
    )  # fmt: skip
    sort_keys = {"name_key": "name"}

    number = KeyField(max_length=40)
    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    short_name = models.CharField(max_length=500, blank=True)
    # The name without legal form, case and punctuation: what imports and duplicates are matched by.
    match_name = KeyField(max_length=200, editable=False)
    state = models.CharField(max_length=20, default="active")
    is_customer = models.BooleanField(default=False)
    is_supplier = models.BooleanField(default=False)
    is_manufacturer = models.BooleanField(default=False)
    is_contractor = models.BooleanField(default=False)
    tax_id = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=500, blank=True)
    email = models.CharField(max_length=500, blank=True)
    web = models.CharField(max_length=500, blank=True)
    parent = reference("parties.Party", null=True)
    service_level = models.TextField(blank=True)
    notes = models.TextField(blank=True)

    class Meta(Mergeable.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "number"], name="party_number")]
        indexes = [
            models.Index(fields=["organisation_id", "name_key", "id"], name="party_name"),
            models.Index(fields=["organisation_id", "match_name"], name="party_match"),
            models.Index(fields=["organisation_id", "created_at", "id"], name="party_created"),
            models.Index(fields=["organisation_id", "is_customer", "name_key"], name="party_customer"),
            models.Index(fields=["organisation_id", "parent"], name="party_parent"),
        ]


class PartyRelation(Row):
    """How one party stands to another, beyond being its parent."""

    kind = "parties.relation"

    party = reference("parties.Party")
    other = reference("parties.Party")
    relation = models.CharField(max_length=30)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "party", "other", "relation"], name="relation_once"
            )
        ]


class Contact(Row):
    """A person at a party; at most one is the primary one."""

    kind = "parties.contact"
    search_fields = ("name", "phone", "email")
    sort_keys = {"name_key": "name"}

    party = reference("parties.Party")
    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    role = models.CharField(max_length=500, blank=True)
    department = models.CharField(max_length=500, blank=True)
    phone = models.CharField(max_length=500, blank=True)
    email = models.CharField(max_length=500, blank=True)
    is_primary = models.BooleanField(default=False)
    notes = models.TextField(blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "party"],
                condition=models.Q(is_primary=True),
                name="contact_primary",
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "party", "name_key"], name="contact_party"),
            models.Index(fields=["organisation_id", "name_key", "id"], name="contact_name"),
        ]


class CustomerSite(Row):
    """A place of a party where work is done; coordinates are WGS 84, beside them how they were given."""

    kind = "parties.site"
    search_fields = ("name", "code", "street", "city")
    sort_keys = {"name_key": "name"}

    party = reference("parties.Party")
    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    code = KeyField(max_length=60, blank=True)
    country = models.CharField(max_length=500, blank=True)
    region = models.CharField(max_length=500, blank=True)
    city = models.CharField(max_length=500, blank=True)
    district = models.CharField(max_length=500, blank=True)
    street = models.CharField(max_length=500, blank=True)
    postal_code = models.CharField(max_length=60, blank=True)
    lon = ExactField(null=True)
    lat = ExactField(null=True)
    given_lon = ExactField(null=True)
    given_lat = ExactField(null=True)
    given_system = models.CharField(max_length=20, blank=True)
    provider = models.CharField(max_length=20, blank=True)
    zone = models.CharField(max_length=60, blank=True)
    notes = models.TextField(blank=True)

    class Meta(Row.Meta):
        indexes = [
            models.Index(fields=["organisation_id", "party", "name_key"], name="site_party"),
            models.Index(fields=["organisation_id", "name_key", "id"], name="site_name"),
        ]
