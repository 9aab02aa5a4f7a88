"""A request function without a template is sent to `base_url` itself."""

from mutation import replace
from utilmeta.core.cli.declaration import compile_plan

replace(compile_plan, "said = name if", 'said = "" if')
