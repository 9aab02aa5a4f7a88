"""The result is not converted."""

from mutation import replace
from utilmeta.core.cli.template import Template

replace(Template.read, 'result if self.result is None else checked(self.result, result, "its result")', "result")
