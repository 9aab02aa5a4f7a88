"""The limit of reading is not kept."""

from mutation import replace
from utilmeta.core.cli.settings import settings

replace(settings, "seconds_of(read_timeout, READ)", "None")
