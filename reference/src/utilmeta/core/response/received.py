"""Answers that a Client got and an endpoint returns: what of them is for the endpoint's own client (RESPONSE-13).

The body is encoded again, and what is a rule for the host that answered is none for this one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from utilmeta.core.request.content_type import is_json, media_type, type_parameter
from utilmeta.core.response.encoding import Encoded
from utilmeta.core.response.headers import OF_CONNECTION, Fields

OF_BYTES = frozenset({"content-encoding", "content-length", "content-digest", "content-md5", "digest", "repr-digest"})
OF_HOST = frozenset(
    {"alt-svc", "clear-site-data", "date", "public-key-pins", "server", "set-cookie", "strict-transport-security"}
)
OF_PROXY = frozenset({"proxy-authenticate", "proxy-authentication-info", "proxy-authorization"})
NOT_PASSED_ON = OF_CONNECTION | OF_BYTES | OF_HOST | OF_PROXY


def passed_on(fields: Fields, received: Sequence[tuple[str, str]]) -> Fields:
    """Return the headers of an answer that came with ``received``, without those of these that end here."""
    named = {
        name.strip().lower() for key, value in received if key.lower() == "connection" for name in value.split(",")
    }
    ended = {
        pair
        for pair in received
        if (name := pair[0].lower()) in NOT_PASSED_ON or name in named or name.startswith("access-control-")
    }
    return [pair for pair in fields if pair not in ended]


def encodable(result: Any, content_type: str) -> tuple[Any, str]:
    """Return a result, and its content type, so that what is encoded is what the type says: a JSON text is quoted."""
    kind = media_type(content_type)
    if isinstance(result, str) and is_json(kind):
        result = Encoded(json.dumps(result).encode())
    elif result is None and not is_json(kind):
        result = b""  # as it came
    if type_parameter(content_type, "charset") and (not isinstance(result, bytes) or is_json(kind)):
        return result, f"{kind}; charset=utf-8"
    return result, content_type
