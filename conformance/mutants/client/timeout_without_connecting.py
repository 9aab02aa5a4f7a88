"""Connecting has five seconds, whatever the timeout is."""

from mutation import replace
from utilmeta.core.cli.connection import open_socket

replace(open_socket, "sock.settimeout(deadline.left())", "sock.settimeout(5)")
