"""Headers are not converted to what a Schema declares."""

from mutation import replace
from utilmeta.core.cli.template import Template

replace(Template.read, 'checked(self.headers, fields, "its headers")', "fields")
