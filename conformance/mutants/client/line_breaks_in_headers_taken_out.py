"""Line breaks in a header of a call are taken out, and it is sent."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(
    Client._made, "made.headers[name] = value", 'made.headers["-".join(name.split())] = " ".join(str(value).split())'
)
