"""Data that is empty is not sent."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client._any, "made.data = data", "made.data = data or None")
