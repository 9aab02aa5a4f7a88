"""Finds in an answer what no answer may hold (SECURITY-1)."""

from __future__ import annotations

import os
import re

from conformance.checks.malformed_requests import secret
from conformance.target.exchange import Exchange
from conformance.target.target import Target

SOURCE = re.compile(r"[\w/]+\.py\b")


def leaks(answer: Exchange, target: Target) -> list[str]:
    """What an answer holds of the secret, of tracebacks and of the paths of modules."""
    known = [secret(), "Traceback", "site-packages", str(target.scenarios), os.sep + "utilmeta" + os.sep]
    found = [each for each in known if each.encode() in answer.received]
    return found + SOURCE.findall(answer.received.decode("latin-1"))
