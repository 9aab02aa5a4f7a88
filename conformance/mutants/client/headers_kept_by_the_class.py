"""The headers that a template declares are kept by its class, so an earlier Response shows later ones (CLIENT-g10)."""

from mutation import replace
from utilmeta.core.cli.template import Template

replace(Template.read, "found._read = checked(", "type(found)._read = checked(")
