"""Comments, mentions and what stays among colleagues."""

import pytest

from trunnion.attach import queries
from trunnion.attach.commands import comment
from trunnion.kernel import history
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, Refusal
from trunnion.kernel.ids import uuid7
from trunnion.kernel.policies import KINDS

from .builders import KIND, record, stored


def test_a_comment_stands_at_its_record(tenant):
    ctx = tenant.owner
    manager = tenant.person("manager", name="王经理")
    comment.add(ctx, KIND, record(ctx), "请看一下", mentions=(manager.actor_id,), file_ids=(stored(ctx).id,))
    (found,) = queries.comments_of(manager, KIND, record(ctx))
    assert (found.text, found.author_name, found.mentions) == ("请看一下", "Wang", [manager.actor_id])
    assert len(queries.files_of(manager, KIND, record(ctx))) == 1
    entry = history.of_record(ctx, record(ctx))[0]
    assert (entry["verb"], entry["events"]) == (
        "attach.comment.add",
        ["attach.file.linked", "attach.comment.added"],
    )


def test_whoever_cannot_see_the_record_cannot_be_mentioned(tenant, other):
    ctx = tenant.owner
    engineer = tenant.person("engineer")
    for nobody in (engineer.actor_id, other.owner.actor_id, uuid7()):
        with pytest.raises(Invalid) as refused:
            comment.add(ctx, KIND, record(ctx), "hello", mentions=(nobody,))
        assert (refused.value.errors[0].pointer, refused.value.errors[0].code) == (
            "/mentions/0",
            "mention_cannot_see",
        )
    assert queries.comments_of(ctx, KIND, record(ctx)) == []


def test_internal_comments_and_their_files_stay_among_colleagues(tenant):
    ctx = tenant.owner
    outsider = tenant.person("operator").with_()
    outsider = outsider.granting({*outsider.grants, "identity.role.read", "attach.file.read"})
    comment.add(ctx, KIND, record(ctx), "The customer broke it", is_internal=True, file_ids=(stored(ctx).id,))
    assert queries.comments_of(outsider, KIND, record(ctx)) == []
    assert queries.files_of(outsider, KIND, record(ctx)) == []
    assert len(queries.comments_of(tenant.person("manager"), KIND, record(ctx))) == 1


def test_whoever_reads_no_internal_comments_is_not_mentioned_in_one(tenant, monkeypatch):
    ctx = tenant.owner
    contractor = tenant.person("contractor")
    monkeypatch.setattr("trunnion.attach.subjects.may_read", lambda *_: True)
    comment.add(ctx, KIND, record(ctx), "hello", mentions=(contractor.actor_id,))
    with pytest.raises(Invalid) as refused:
        comment.add(ctx, KIND, record(ctx), "hello", mentions=(contractor.actor_id,), is_internal=True)
    assert refused.value.errors[0].code == "mention_not_internal"


def test_one_changes_and_takes_back_ones_own_only(tenant):
    ctx, manager = tenant.owner, tenant.person("manager")
    done = comment.add(ctx, KIND, record(ctx), "helo")
    comment.edit(ctx, done.id, "hello")
    (found,) = queries.comments_of(ctx, KIND, record(ctx))
    assert found.text == "hello"
    assert found.edited_at is not None
    for verb in (lambda: comment.edit(manager, done.id, "mine"), lambda: comment.remove(manager, done.id)):
        with pytest.raises(Refusal) as refused:
            verb()
        assert refused.value.code == "comment_not_own"
    comment.remove(ctx, done.id)
    (found,) = queries.comments_of(ctx, KIND, record(ctx))
    assert (found.text, found.removed_at is not None) == ("", True)
    with pytest.raises(Refusal) as refused:
        comment.edit(ctx, done.id, "again")
    assert refused.value.code == "comment_removed"


def test_no_record_no_comment(tenant, other):
    with pytest.raises(NotVisible):
        comment.add(tenant.owner, KIND, record(other.owner), "hello")
    with pytest.raises(NotVisible):
        comment.add(tenant.person("engineer"), KIND, record(tenant.owner), "hello")
    with pytest.raises(NotGranted):
        comment.add(tenant.person("read_only"), KIND, record(tenant.owner), "hello")


@pytest.mark.parametrize("text", ["", "   \n", "a\0b", "x" * 10_001])
def test_a_comment_says_something(tenant, text):
    with pytest.raises(Invalid) as refused:
        comment.add(tenant.owner, KIND, record(tenant.owner), text)
    assert refused.value.errors[0].pointer == "/text"


def test_a_policy_of_the_record_is_the_policy_of_its_comments(tenant, monkeypatch):
    from django.db.models import Q

    from trunnion.kernel.policies import POLICIES

    ctx = tenant.owner
    comment.add(ctx, KIND, record(ctx, "owner"), "seen")
    comment.add(ctx, KIND, record(ctx, "engineer"), "hidden")
    monkeypatch.setitem(POLICIES, KINDS[KIND], lambda _: Q(key="owner"))
    rows = tenant.client().get("/api/attach/comments").json()["rows"]
    assert [row["text"] for row in rows] == ["seen"]
