"""Every word of attach stands in both languages."""

from trunnion.kernel.words import catalogue

from .vocabulary import missing_words


def test_nothing_is_without_words():
    assert missing_words("attach") == []
    assert catalogue()["zh-CN"]["verb.attach.comment.add"] == "发表评论"
