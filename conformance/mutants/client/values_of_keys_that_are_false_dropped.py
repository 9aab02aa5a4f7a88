"""What the keys of a template find is dropped where it is false."""

from mutation import replace
from utilmeta.core.cli.template import Template

replace(Template.read, "members.get(key))", "members.get(key) or None)")
