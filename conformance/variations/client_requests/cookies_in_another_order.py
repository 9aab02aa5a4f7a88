"""Cookies come in another order, and an empty one is in quotes."""

from utilmeta.core.cli import redirect, request

LEVEL = "full"
original = request.cookie_line


def cookie_line(asked, kept):
    pairs = [pair for pair in original(asked, kept).split("; ") if pair]
    return "; ".join(f'{pair}""' if pair.endswith("=") else pair for pair in reversed(pairs))


request.cookie_line = redirect.cookie_line = cookie_line
