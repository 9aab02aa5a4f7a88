"""Shared parameters that subclasses take away and declare anew (API-2c), where no check looks."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from fake import Client

from utilmeta.core import api, request


class Mixin:
    word: Annotated[str, request.QueryParam()] = None  # type: ignore[assignment]
    size: Annotated[int, request.QueryParam()]


class Base(Mixin, api.API):
    @api.get
    def read(self) -> list[Any]:
        return [self.word, self.size]


class Without(Base):
    word = None  # type: ignore[assignment]
    size = None  # type: ignore[assignment]


class Below(Without): ...


class Anew(Below):
    word: Annotated[str, request.QueryParam()]

    @api.get
    def made(self) -> str:
        return Anew(self.request).word


class BelowAnew(Anew): ...


def test_a_default_that_is_none_takes_nothing_away() -> None:
    assert Client(Base).get("/read?size=0").json == [None, 0]
    assert Client(Base).get("/read?size=0&word=").json == ["", 0]
    assert Client(Base).get("/read").status == 400


@pytest.mark.parametrize("root", [Without, Below])
def test_what_a_mixin_declares_is_taken_away(root: type[api.API]) -> None:
    assert Client(root).get("/read").json == [None, None]
    assert Client(root).get("/read?word=a&size=b").json == [None, None]


@pytest.mark.parametrize("root", [Anew, BelowAnew])
def test_what_was_taken_away_is_declared_anew(root: type[api.API]) -> None:
    assert Client(root).get("/read").status == 400
    assert Client(root).get("/read?word=&size=b").json == ["", None]
    assert Client(root).get("/made?word=a").text == "a"
