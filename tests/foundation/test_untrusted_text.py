"""What others wrote: shown so that no character acts, and read within bounds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from conformance.foundation.untrusted_text import encodable, one_line, part, printable, read, tail


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("grüße, 日本\tand\nlines\r\n", "grüße, 日本\tand\nlines\n"),
        ("\x1b[31mred\x1b[0m and \x1b[2Jgone", "red and gone"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("over\rwritten \x08\x0b\x0c\x00", r"over\rwritten \x08\x0b\x0c\x00"),
        ("a\u2028b\x85c\u202ed\u200b\xa0\x9b31m", r"a\u2028b\x85c\u202ed\u200b\xa0\x9b31m"),
        ("byte \udce9", r"byte \udce9"),
        ("::error::no", r":\x3aerror::no"),
        ("a\n \t::set-output name=x::y", "a\n \t:\\x3aset-output name=x::y"),
        ("\x1b[0m::error::no", r":\x3aerror::no"),
        ("a ::error:: in a line", "a ::error:: in a line"),
        ("a ##[error]no ## [x]", r"a #\x23[error]no ## [x]"),
        ("", ""),
    ],
)
def test_text_is_shown_without_what_acts(text: str, shown: str) -> None:
    assert printable(text) == shown
    assert printable(shown) == shown, "shown again it stays"


def test_a_line_is_one() -> None:
    assert one_line(" a\u2028b\x85c\n::d\x1c\x07") == r"a b c ::d \x07"


def test_half_of_a_surrogate_pair_is_no_text() -> None:
    assert encodable({"a": ["\ud800 é", 1, None]}) == {"a": ["? é", 1, None]}


def test_a_file_is_read_whole_or_its_end(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"0123456789\xff")
    assert read(file, 11) == b"0123456789\xff"
    assert tail(file, 3) == "89\ufffd"
    assert tail(file, 100) == "0123456789\ufffd"
    assert part(file, 2, 3) == b"234"
    assert part(file, 20, 3) == b""
    with pytest.raises(OSError, match="more than 10 bytes"):
        read(file, 10)


@pytest.mark.parametrize("kind", ["nothing", "folder", "link", "FIFO", "device"])
def test_what_is_no_file_is_neither_read_nor_waited_for(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "file"
    (tmp_path / "other").write_text("not this")
    if kind == "folder":
        file.mkdir()
    elif kind == "link":
        file.symlink_to(tmp_path / "other")
    elif kind == "FIFO":
        os.mkfifo(file)
    elif kind == "device":
        file = Path("/dev/zero")
    assert part(file, 0, 10) == b""
    assert tail(file, 10) == ""
    with pytest.raises(OSError, match=file.name):
        read(file, 10)
