"""Tests of what a request's headers say."""

from uuid import UUID

import pytest
from django.test import RequestFactory

from trunnion.kernel.context import Context, Door
from trunnion.kernel.web.request import with_headers

CTX = Context(organisation_id=UUID(int=1), actor_id=UUID(int=2), door=Door.WEB, language="en")


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("zh-CN", "zh-CN"), ("zh-TW,zh;q=0.9", "zh-CN"), ("EN-gb", "en"), ("fr", "en"), ("*", "en"), ("", "en")],
)
def test_answers_are_worded_in_the_language_of_the_page(asked: str, spoken: str) -> None:
    request = RequestFactory().get("/api/work/orders", headers={"Accept-Language": asked})
    assert with_headers(CTX, request).language == spoken


def test_without_a_page_the_person_s_own_language_holds() -> None:
    assert with_headers(CTX.with_(language="zh-CN"), RequestFactory().get("/")).language == "zh-CN"
