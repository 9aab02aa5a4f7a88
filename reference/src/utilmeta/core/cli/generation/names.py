"""Names of request functions and arguments: those of the service, made valid where Python or a client has them."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Container

NO_LETTER = re.compile(r"\W")


def identifier(text: str, taken: Container[str] = (), empty: str = "unnamed") -> str:
    """Return a text as an identifier that is no keyword, begins with no underscore and is not ``taken``.

    Characters that no identifier has are underscores, and underscores are added at the end (PEP 8).
    """
    name = NO_LETTER.sub("_", unicodedata.normalize("NFKC", text)).lstrip("_") or empty
    if not name.isidentifier():  # it begins with a digit, or with a mark
        name = f"{empty}_{name}"
    while keyword.iskeyword(name) or name in taken:
        name += "_"
    return name
