"""What is sent has five seconds for each part, whatever the timeout is."""

from mutation import replace
from utilmeta.core.cli.transport.connection import sendall

replace(sendall, "deadline.bound(sock)", "sock.settimeout(5)")
