"""A mapping of the environment is merged with that of the file."""

from mutation import replace
from utilmeta.conf.source import Source

replace(Source.__call__, " and name not in self.current_state", "")
