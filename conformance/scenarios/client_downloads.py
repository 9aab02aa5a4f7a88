"""Clients that write what they are answered to a file."""

import inspect
import os
import tempfile

from client_calls import described, given, made, module, run, styled
from utilmeta.core.cli import Client

BEFORE = b"before"  # what is at the file's place


def bare():
    class Bare(Client):
        pass

    return Bare


async def saving(client, style, folder, path, options):
    """What came of a download to `folder`: what is at its place and what is not, and calls of `progress`."""
    target = os.path.join(folder, "target")
    calls = []
    facts = {"progress": calls}
    function = client.async_download if style == "async" else client.download
    try:
        found = function(path, target, progress=lambda have, total: calls.append([have, total]), **given(options))
        if inspect.isawaitable(found):
            await found
    except Exception as error:  # noqa: BLE001 - what it is is looked at
        facts["raised"] = described(error)
    with open(target, "rb") as file:
        content = file.read()
    facts["content"] = None if content == BEFORE else content.decode("latin-1")
    facts["names"] = sorted(name for _, _, names in os.walk(os.path.dirname(folder)) for name in names)
    return facts


def saved(library, style, base, paths, options):
    """Facts of downloads to one place, one after the other."""
    if module(library) is None:
        return {"lacks": library}

    async def whole(folder):
        maker = made(styled(bare, style), base, {"backend": library, **options})
        return {"facts": [await saving(maker, style, folder, path, {}) for path in paths]}

    with tempfile.TemporaryDirectory() as outer:
        folder = os.path.join(outer, "folder")
        os.mkdir(folder)
        with open(os.path.join(folder, "target"), "wb") as file:
            file.write(BEFORE)
        return run(style, whole(folder))
