"""Requests to other origins have `base_headers`."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client._made, "headers=held.headers if own else None", "headers=held.headers")
