"""A function named after a method is at the template of its decorator, if it has one."""

from mutation import replace
from utilmeta.core.api import tree

replace(
    tree.endpoint,
    'elif operation.method != name.upper() or (operation.template or "").strip("/"):',
    "elif operation.method != name.upper():",
)
replace(tree.endpoint, 'own = ""', 'own = operation.template or ""')
