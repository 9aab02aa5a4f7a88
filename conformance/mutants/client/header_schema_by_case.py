"""A Schema of headers finds those in small letters alone."""

from mutation import replace
from utilmeta.core.cli.template import Template

replace(Template.read, "{name.lower(): value for", "{name: value for")
