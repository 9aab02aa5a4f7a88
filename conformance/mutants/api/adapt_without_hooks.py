"""An application that a service was put into does not run its hooks."""

import dataclasses

from mutation import replace
from utilmeta.core.pipeline.lifecycle import Lifecycle
from utilmeta.core.server import embed
from utilmeta.core.server.application import compile_serving


def without_hooks(*arguments, **options):
    return dataclasses.replace(compile_serving(*arguments, **options), lifecycle=Lifecycle())


embed.without_hooks = without_hooks
replace(embed.attach_below, "attach(compile_serving(", "attach(without_hooks(")
