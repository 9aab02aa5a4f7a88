"""A function named after a method is at the template of its decorator, if it has one."""

from mutation import replace
from utilmeta.core.api import tree

replace(
    tree.endpoint,
    '(operation.method != name.upper() or (operation.template or "").strip("/")):',
    "operation.method != name.upper():",
)
replace(
    tree.endpoint, "own = own_template(name, operation)", "own = operation.template or own_template(name, operation)"
)
