"""Addresses as a tree of their words: a request is compared with its own branch and not with every route there is."""

from collections.abc import Sequence
from typing import Any

from django.urls import URLPattern, include, path
from django.urls.resolvers import RoutePattern


def branched(routes: Sequence[Any]) -> list[Any]:
    """The same routes, those with the same first word together; words stand ahead of parameters in their place."""
    found: list[Any] = []
    branches: dict[str, list[Any]] = {}
    for route in routes:
        word, slash, rest = str(route.pattern).partition("/")
        if not slash or "<" in word or not isinstance(route, URLPattern):
            found.append(route)
            continue
        if word not in branches:
            found.append(word)
        shortened = RoutePattern(rest, name=route.name, is_endpoint=True)
        branches.setdefault(word, []).append(
            URLPattern(shortened, route.callback, route.default_args, route.name)
        )
    return [path(f"{f}/", include(branched(branches[f]))) if isinstance(f, str) else f for f in found]
