"""Requests to other origins have `base_query`."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client._made, "**(held.query if own else {})", "**held.query")
