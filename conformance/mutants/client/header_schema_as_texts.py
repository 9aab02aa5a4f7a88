"""Headers are not converted to what a Schema declares."""

from mutation import replace
from utilmeta.core.cli.template import Template

replace(Template.read, 'checked(self.headers, together(plain.fields), "its headers")', "together(plain.fields)")
