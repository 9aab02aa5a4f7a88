"""An application that a service was put into does not run its hooks."""

from dataclasses import replace

from utilmeta.core.server import attachment
from utilmeta.core.server.lifecycle import Lifecycle

compile_serving = attachment.compile_serving


def without_hooks(*arguments, **options):
    return replace(compile_serving(*arguments, **options), lifecycle=Lifecycle())


attachment.compile_serving = without_hooks
