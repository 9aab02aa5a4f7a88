"""A full URL that a built-in function is given is put behind `base_url`."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client._any, "absolute = ABSOLUTE.match(path) is not None", "absolute = False")
