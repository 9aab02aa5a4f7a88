"""The limit of connecting is not kept."""

from mutation import replace
from utilmeta.core.cli.settings import settings

replace(settings, "seconds_of(connect_timeout, CONNECT)", "None")
