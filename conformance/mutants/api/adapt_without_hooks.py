"""An application that a service was put into does not run its hooks."""

from dataclasses import replace

from utilmeta.core.pipeline.lifecycle import Lifecycle
from utilmeta.core.server import embed

compile_serving = embed.compile_serving


def without_hooks(*arguments, **options):
    return replace(compile_serving(*arguments, **options), lifecycle=Lifecycle())


embed.compile_serving = without_hooks
