"""Which Host a request may be for, where the service says (``allowed_hosts``)."""

from __future__ import annotations

from collections.abc import Sequence

from utilmeta.core.request.request import Request
from utilmeta.utils.exceptions import BadRequest


def check_host(request: Request, allowed: Sequence[str]) -> None:
    """Raise BadRequest unless the Host header names an allowed host.

    As Django's ALLOWED_HOSTS: a name, ``.example.com`` for it and all below, ``*`` for any; without port, case ignored.
    """
    host = (request.header("host") or "").lower()
    name = host[: host.find("]") + 1] if host.startswith("[") else host.partition(":")[0]
    for pattern in allowed:
        pattern = pattern.lower()
        if pattern in ("*", name) or (pattern.startswith(".") and (name.endswith(pattern) or name == pattern[1:])):
            return
    raise BadRequest("The Host of this request is not served here")
