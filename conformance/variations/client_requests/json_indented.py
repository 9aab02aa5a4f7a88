"""JSON of a request is indented and ASCII, its members are sorted."""

import json

from utilmeta.core.cli import request

LEVEL = "full"
original = request.encode


def encode(value):
    return json.dumps(json.loads(original(value)), indent=1, sort_keys=True).encode()


request.encode = encode
