"""The `timeout` of a call changes nothing."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client._any, 'seconds_of(timeout, "timeout")', "None")
