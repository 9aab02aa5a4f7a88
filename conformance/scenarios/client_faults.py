"""A client for the table of faults, in a process whose resolver does not know some names and hangs for others."""

import socket
import time

from client_calls import calling, settings
from utilmeta.core import api, response
from utilmeta.core.cli import Client

resolve = socket.getaddrinfo


def resolving(host, *arguments, **keywords):
    """Addresses of a host as the system has them; none of `unknown.test`, and none for a long time of `slow.test`."""
    if host in ("slow.test", b"slow.test"):
        time.sleep(settings["resolver"])
    if host in ("slow.test", b"slow.test", "unknown.test", b"unknown.test"):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return resolve(host, *arguments, **keywords)


def failing():
    socket.getaddrinfo = resolving

    class Failing(Client):
        @api.get("nothing")
        def nothing(self) -> response.Response:
            pass

    return Failing


called = calling(failing)
