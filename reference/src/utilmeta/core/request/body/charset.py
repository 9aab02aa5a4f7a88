"""Decoding of text by the charset of a Content-Type; UTF-8 where it names none.

The charsets are those of the table below. Python's own registry is not asked, because the client chooses the name: it
holds codecs that unpack (``zlib``), run for hours (``punycode``) or are no text (``hex``), and remembers every name
that it does not have.
"""

from __future__ import annotations

from collections.abc import Mapping

from utilmeta.core.request.content_type import type_parameter
from utilmeta.utils.exceptions import BadRequest

UTF8 = "utf-8"

# Python's codecs by the names of IANA's registry that are in use, and by common short names.
CODECS: Mapping[str, str] = {
    **{name: name for name in (UTF8, "utf-16", "utf-16le", "utf-16be", "us-ascii", "koi8-r", "koi8-u")},
    **{name: name for name in ("gb2312", "gbk", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr")},
    **{f"iso-8859-{part}": f"iso8859-{part}" for part in range(1, 17) if part != 12},
    **{f"windows-{page}": f"cp{page}" for page in range(1250, 1259)},
    "utf8": UTF8,
    "ascii": "us-ascii",
    "latin1": "iso8859-1",
}


def codec_of(content_type: str) -> str:
    """Return Python's codec for the charset of a Content-Type. Raises BadRequest for an unknown charset."""
    charset = type_parameter(content_type, "charset")
    if charset is None:
        return UTF8
    return codec(charset)


def codec(charset: str) -> str:
    """Return Python's codec for a charset. Raises BadRequest for an unknown charset."""
    try:
        return CODECS[charset.lower()]
    except KeyError:
        raise BadRequest(f"The charset {charset[:40]!r} is not known here") from None


def decode(content: bytes, codec: str, what: str) -> str:
    """Decode ``content``, called ``what`` in errors. Raises BadRequest where it does not decode."""
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        raise BadRequest(f"{what} is not {codec.upper()}") from None
