"""`data` is what `result_key` finds."""

from mutation import replace
from utilmeta.core.cli.template import Template

replace(Template.read, "found.data = result = data", "result = data")
replace(Template.read, "return found", "found.data = members.get(self.made.result_key, data)\n    return found")
