"""What an after hook annotates stands before the templates of classes that are nearer."""

from mutation import replace
from utilmeta.core.response import template

replace(
    template.template_around,
    "    for cls in reversed(classes):\n",
    "    for cls in classes:\n        if cls in of_hooks:\n            return of_hooks[cls]\n"
    "    for cls in reversed(classes):\n",
)
