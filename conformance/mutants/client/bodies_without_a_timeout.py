"""The sending of a body is not bounded by the timeout where urllib, requests or httpx is called."""

from mutation import replace
from utilmeta.core.cli.transport import connection

replace(connection.sendall, "            deadline.bound(sock)\n", "            deadline.sock = sock\n")
