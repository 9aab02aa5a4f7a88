"""A full URL of a request function, and its route, are looked at when it is called (CLIENT-11)."""

from mutation import replace
from utilmeta.core.cli.declaration import compile_plan

replace(compile_plan, "    check_template(template, label, absolute=absolute)\n", "")
