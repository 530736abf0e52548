"""Acceptance: signed for by a hand of its own, and what is wrong goes on a list until it is ended."""

import pytest

from trunnion.assets.commands import acceptance, defect, merging, paper
from trunnion.assets.models import Defect, LifecycleDocument
from trunnion.assets.queries.file import get_file
from trunnion.assets.queries.life_lists import DEFECTS, PAPERS
from trunnion.assets.queries.papers import defects_of, get_defect, get_paper, papers_of
from trunnion.assets.tests.builders import pump, room, site
from trunnion.assets.types.kinds import AssetState
from trunnion.assets.types.lines import PointLine
from trunnion.attach.queries import get_signature, signatures_of
from trunnion.attach.tests.builders import strokes64
from trunnion.kernel.errors import Invalid, KernelError, NotVisible, Refusal, WrongState
from trunnion.kernel.listing import page
from trunnion.kernel.policies import visible

GOOD = [PointLine("Nameplate", True), PointLine("Seal", True)]
BAD = [PointLine("Nameplate", True), PointLine("Seal", False, "Drips")]


def received(ctx, name="Feed pump", **facts):
    return pump(ctx, name, state=AssetState.RECEIVED, **facts)


def standing(ctx, asset_id):
    return [(row["text"], row["state"]) for row in defects_of(ctx, asset_id)]


def test_a_form_is_signed_and_keeps_what_was_signed(tenant):
    ctx = tenant.owner
    made = received(ctx)
    done = acceptance.accept(
        ctx, asset_id=made, points=GOOD, reference="AB-4", signer_name="Frau Weber", signature_png_base64=strokes64(),
    )  # fmt: skip
    told = papers_of(ctx, made)[0]
    assert (told["id"], told["signer_name"], told["result"]) == (done.document_id, "Frau Weber", "passed")
    assert None not in (told["signed_at"], told["signature_image_id"])
    (signed,) = get_paper(ctx, done.document_id)["signatures"]
    assert (signed.meaning, signed.signer_user_id, signed.holds) == ("accepted", None, True)
    shown = get_signature(ctx, signed.id)["signed_content"]
    assert (shown["number"], shown["external_number"], len(shown["assets"])) == (told["number"], "AB-4", 1)
    assert [(p["text"], p["is_passed"]) for p in shown["points"]] == [("Nameplate", True), ("Seal", True)]
    assert get_file(ctx, made)["sections"]["papers"][0]["signer_name"] == "Frau Weber"
    (row,) = page.page(ctx, PAPERS, page.Ask(columns="number,signer_name"))["rows"]
    assert row["signer_name"] == "Frau Weber"


def test_the_signed_in_person_signs_for_themselves(tenant):
    keeper = tenant.person("storekeeper", name="Sun Li")
    made = received(tenant.owner)
    done = acceptance.fail_acceptance(keeper, asset_id=made, points=BAD, signature_png_base64=strokes64())
    (signed,) = signatures_of(tenant.owner, LifecycleDocument.kind, done.document_id)
    assert (signed.signer_name, signed.meaning, signed.signer_user_id) == (
        "Sun Li",
        "refused",
        keeper.actor_id,
    )


def test_bad_signatures_write_nothing(tenant):
    ctx = tenant.owner
    made = received(ctx)
    for facts, pointer in (
        ({"signer_name": "Li"}, "/signature_png_base64"),
        ({"signature_png_base64": "no picture"}, "/signature_png_base64"),
        ({"remedy_until_on": "2030-01-01"}, "/remedy_until_on"),
    ):
        with pytest.raises(Invalid) as refused:
            acceptance.accept(ctx, asset_id=made, points=GOOD, **facts)
        assert refused.value.errors[0].pointer == pointer
    assert papers_of(ctx, made) == []
    with pytest.raises(Invalid):
        paper.move_many(ctx, verb="store", asset_ids=[made], signature_png_base64=strokes64())


def test_many_are_accepted_by_one_hand(tenant):
    ctx = tenant.owner
    rows = [received(ctx) for _ in range(2)]
    done = paper.move_many(ctx, verb="accept", asset_ids=rows, signature_png_base64=strokes64())
    assert {one.document_id for one in done} == {done[0].document_id}
    (signed,) = get_paper(ctx, done[0].document_id)["signatures"]
    assert len(get_signature(ctx, signed.id)["signed_content"]["assets"]) == 2


def test_what_failed_stays_on_the_list_until_it_passes(tenant):
    ctx = tenant.owner
    made = received(ctx)
    acceptance.fail_acceptance(ctx, asset_id=made, points=BAD, remedy_until_on="2027-01-31")
    acceptance.fail_acceptance(ctx, asset_id=made, points=BAD)
    assert standing(ctx, made) == [("Seal", "open")]
    with pytest.raises(Refusal) as refused:
        acceptance.accept(ctx, asset_id=made)
    assert (refused.value.code, refused.value.facts) == ("assets.defects_open", {"defects": ["Seal"]})
    with pytest.raises(Refusal):
        paper.move_many(ctx, verb="accept", asset_ids=[made])
    done = acceptance.accept(ctx, asset_id=made, points=GOOD)
    found = defects_of(ctx, made)[0]
    assert (found["state"], found["ended_document_id"], str(found["due_on"])) == (
        "remedied",
        done.document_id,
        "2027-01-31",
    )
    assert get_file(ctx, made)["sections"]["defects"][0]["text"] == "Seal"


def test_reservations_become_defects_that_people_end(tenant):
    ctx = tenant.owner
    made = received(ctx)
    done = acceptance.accept(
        ctx, asset_id=made, points=BAD, with_reservations=True, remedy_until_on="2027-02-01"
    )
    (row,) = get_paper(ctx, done.document_id)["defects"]
    engineer = tenant.person("engineer", name="Chen")
    assert get_defect(engineer, row["id"])["actions"] == ["remedy"]
    defect.remedy(engineer, defect_id=row["id"], remark="New seal")
    with pytest.raises(WrongState):
        defect.waive(ctx, defect_id=row["id"], remark="Never mind")
    defect.reopen(ctx, defect_id=row["id"], remark="Drips again")
    with pytest.raises(Invalid):
        defect.waive(ctx, defect_id=row["id"], remark="")
    defect.waive(ctx, defect_id=row["id"], remark="Price was lowered")
    assert standing(ctx, made) == [("Seal", "waived")]
    verbs = {entry["verb"] for entry in get_file(ctx, made)["sections"]["history"]}
    assert {"assets.defect.remedy", "assets.defect.reopen", "assets.defect.waive"} <= verbs
    (row,) = page.page(ctx, DEFECTS, page.Ask(columns="text,state"))["rows"]
    assert (row["text"], row["state"]) == ("Seal", "waived")


def test_defects_stay_within_what_one_sees_and_follow_a_merge(tenant, other):
    ctx = tenant.owner
    here, there = site(ctx, "Pier 4"), site(ctx, "Pier 5")
    one, two = (received(ctx, location_id=room(ctx, place)) for place in (here, there))
    for made in (one, two):
        acceptance.fail_acceptance(ctx, asset_id=made, points=BAD)
    narrowed = tenant.person("planner", scopes=[{"by": "location", "target_id": here}])
    assert visible(narrowed, Defect).count() == 1
    with pytest.raises(NotVisible):
        defect.remedy(other.owner, defect_id=defects_of(ctx, one)[0]["id"])
    merging.merge(ctx, asset_id=two, into_id=one)
    assert standing(ctx, one) == [("Seal", "open"), ("Seal", "open")]
    merging.unmerge(ctx, asset_id=two)
    assert standing(ctx, two) == [("Seal", "open")]


def test_a_signature_is_never_edited(tenant):
    ctx = tenant.owner
    made = received(ctx)
    acceptance.accept(ctx, asset_id=made, signature_png_base64=strokes64())
    document = LifecycleDocument.objects.of(ctx).select_related("signature").get(verb="accept")
    document.signature.signer_name = "Somebody else"
    with pytest.raises(KernelError):
        document.signature.save()
