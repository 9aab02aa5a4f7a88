"""What a client has sent, as it stands in a log."""

from __future__ import annotations

import logging

import pytest

from utilmeta.core.errors.log_line import OneLine, escape_arguments, one_line

UNSAFE = (
    "\n",
    "\r",
    "\x00",
    "\x1b",
    "\x7f",
    "\x80",
    "\x9b",
    "\u061c",
    "\u2028",
    "\u2029",
    "\u202e",
    "\u2066",
    "\ud800",
)
SAFE = (" ", "~", "\xa0", "é", "\u2027", "\u202f", "\u2065", "\u206a", "日", "\N{GRINNING FACE}", "%0a", "\\n", "")


@pytest.mark.parametrize("character", UNSAFE)
def test_what_breaks_a_line_or_moves_a_cursor_is_escaped(character: str) -> None:
    assert one_line(f"a{character}b") == "a" + character.encode("unicode_escape").decode() + "b"


@pytest.mark.parametrize("text", SAFE)
def test_all_else_stays(text: str) -> None:
    assert one_line(f"a{text}b") == f"a{text}b"


class Unshowable:
    def __str__(self) -> str:
        raise RuntimeError("not to be shown")


class Broken(Exception):
    pass


def test_the_arguments_of_a_record_are_escaped_and_its_message_is_left() -> None:
    unshowable = Unshowable()
    arguments = ("a\nb", 7, None, Broken("c\x1b"), unshowable, 1.5)
    record = logging.LogRecord("utilmeta", logging.ERROR, "", 0, "%s\n%s %s %s %s %s", arguments, None)
    assert OneLine().filter(record) is True
    assert record.args == ("a\\nb", 7, None, "c\\x1b", unshowable, 1.5)
    assert record.msg == "%s\n%s %s %s %s %s"


def test_the_services_logger_does_so(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("utilmeta").error("GET %s failed", "/a\nb")
    assert caplog.messages == ["GET /a\\nb failed"]


def test_a_logger_that_has_another_filter_is_given_this_one_once() -> None:
    logger = logging.getLogger("has a filter")
    own = logging.Filter()
    logger.addFilter(own)
    for _ in range(2):
        escape_arguments("has a filter")
    assert logger.filters[0] is own
    assert [type(each) for each in logger.filters[1:]] == [OneLine]
