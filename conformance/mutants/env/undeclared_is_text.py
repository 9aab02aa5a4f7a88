"""What a class does not declare is a text, whatever the file says."""

from mutation import replace
from utilmeta.conf.source import Source

replace(Source.undeclared, "self.held[spelled]", "str(self.held[spelled])")
