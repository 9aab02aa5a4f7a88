"""All requests share one list of headers, so what a call or hook sets stays for later ones."""

from mutation import replace
from utilmeta.core.cli import Client

replace(Client._made, "made.headers.fields += held.headers", "made.headers.fields = held.headers")
