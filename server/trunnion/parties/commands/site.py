"""Verbs on the sites of customers."""

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.identity.types import Done
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import Ensured, Tally
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Code, Line, Name, Prose, Zone
from trunnion.kernel.policies import get, refer, take
from trunnion.kernel.unit import about
from trunnion.parties.models import CustomerSite, Party
from trunnion.parties.rules import to_wgs84
from trunnion.parties.types import MapProvider, ReferenceSystem, SiteLine

Lon = Annotated[Decimal, Field(ge=-180, le=180)]
Lat = Annotated[Decimal, Field(ge=-90, le=90)]
MILLIONTH = Decimal("0.000001")
Lines = Annotated[list[SiteLine], Field(max_length=100_000)]
_PLAIN = ("name", "code", "country", "region", "city", "district", "street", "postal_code", "zone", "notes")


@command("parties.site.add")
def add(
    ctx: Context, party_id: UUID, name: Name, code: Code | None = None, country: Line = "", region: Line = "",
    city: Line = "", district: Line = "", street: Line = "", postal_code: Line = "", lon: Lon | None = None,
    lat: Lat | None = None, given_system: ReferenceSystem = ReferenceSystem.WGS84,
    provider: MapProvider | None = None, zone: Zone | None = None, notes: Prose = "",
) -> Done:  # fmt: skip
    """Adds a place of a party; coordinates given in another system are kept beside those in WGS 84."""
    about(Party.kind, party_id)
    site = CustomerSite(
        party=get(ctx, Party, party_id), name=name, code=code or "", country=country, region=region, city=city,
        district=district, street=street, postal_code=postal_code, provider=provider or "", zone=zone or "",
        notes=notes, **_placed(lon, lat, given_system),
    )  # fmt: skip
    site.save()
    return Done(site.id, site.version)


@command("parties.site.edit")
def edit(
    ctx: Context, site_id: UUID, name: Name = UNSET, code: Code | None = UNSET, country: Line = UNSET,
    region: Line = UNSET, city: Line = UNSET, district: Line = UNSET, street: Line = UNSET,
    postal_code: Line = UNSET, lon: Lon | None = UNSET, lat: Lat | None = UNSET,
    given_system: ReferenceSystem = ReferenceSystem.WGS84, provider: MapProvider | None = UNSET,
    zone: Zone | None = UNSET, notes: Prose = UNSET,
) -> Done:  # fmt: skip
    """Changes a site; longitude and latitude are given together."""
    site = take(ctx, CustomerSite, site_id)
    about(Party.kind, site.party_id)
    changes = given(
        name=name, code=code, country=country, region=region, city=city, district=district, street=street,
        postal_code=postal_code, provider=provider, zone=zone, notes=notes,
    )  # fmt: skip
    if (lon is UNSET) != (lat is UNSET):
        raise Invalid.field("/lat" if lat is UNSET else "/lon", "coordinates_together")
    if lon is not UNSET:
        changes |= _placed(lon, lat, given_system)
    for field, value in changes.items():
        setattr(site, field, "" if value is None and field in ("code", "provider", "zone") else value)
    site.save()
    return Done(site.id, site.version)


@command("parties.site.remove")
def remove(ctx: Context, site_id: UUID) -> None:
    """Removes a site; one that something stands on is kept by the database."""
    site = take(ctx, CustomerSite, site_id)
    about(Party.kind, site.party_id)
    site.delete()


@command("parties.site.ensure_many", secret=("lines",))
def ensure_many(ctx: Context, lines: Lines) -> Ensured:
    """Makes sure that sites exist: each is found by its id, else by its name at its party."""
    known = _known(ctx, lines)
    tally = Tally()
    for index, line in enumerate(lines):
        key: Any = line.id or (line.party_id, line.name)
        if key not in known:
            if line.id:
                raise Invalid.field(f"/lines/{index}/id", "reference_unknown", kind=CustomerSite.kind)
            refer(ctx, Party.kind, line.party_id, f"/lines/{index}/party_id")
            known[key] = CustomerSite(party_id=line.party_id)
        tally.put(known[key], {f: getattr(line, f) for f in _PLAIN if getattr(line, f) is not None})
    tally.write()
    return tally.ensured()


def _known(ctx: Context, lines: list[SiteLine], step: int = 500) -> dict[Any, CustomerSite]:
    ids = list({line.party_id for line in lines})
    found: dict[Any, CustomerSite] = {}
    for i in range(0, len(ids), step):
        for site in CustomerSite.objects.of(ctx).filter(party_id__in=ids[i : i + step]).order_by("-id"):
            found[site.id] = found[site.party_id, site.name] = site
    own = [line.id for line in lines if line.id and line.id not in found]
    for i in range(0, len(own), step):
        found.update({s.id: s for s in CustomerSite.objects.of(ctx).filter(id__in=own[i : i + step])})
    return found


def _placed(lon: Decimal | None, lat: Decimal | None, system: ReferenceSystem) -> dict[str, Any]:
    if (lon is None) != (lat is None):
        raise Invalid.field("/lat" if lat is None else "/lon", "coordinates_together")
    if lon is None or lat is None:
        return {"lon": None, "lat": None, "given_lon": None, "given_lat": None, "given_system": ""}
    found_lon, found_lat = to_wgs84(float(lon), float(lat), system)
    is_given = system == ReferenceSystem.WGS84
    return {
        "lon": _exact(lon if is_given else Decimal(repr(found_lon))),
        "lat": _exact(lat if is_given else Decimal(repr(found_lat))),
        "given_lon": _exact(lon), "given_lat": _exact(lat), "given_system": str(system),
    }  # fmt: skip


def _exact(degrees: Decimal) -> Decimal:
    # A millionth of a degree is a hand's breadth.
    return degrees.quantize(MILLIONTH).normalize() + 0
