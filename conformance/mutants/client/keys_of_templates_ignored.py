"""`message_key`, `state_key` and `count_key` find nothing."""

from mutation import replace
from utilmeta.core.cli.template import Template

replace(Template.read, "if key is not None:", "if False:")
