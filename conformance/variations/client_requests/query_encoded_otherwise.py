"""A query has %20 for a space and encodes all but letters and digits; its pairs come in another order."""

from utilmeta.core.cli import request

LEVEL = "full"


def encoded(text):
    octets = text.encode(errors="surrogateescape")
    return "".join(chr(byte) if chr(byte).isalnum() and byte < 128 else f"%{byte:02x}" for byte in octets)


def form(pairs):
    return "&".join(f"{encoded(name)}={encoded(value)}" for name, value in reversed(pairs))


request.form = form
