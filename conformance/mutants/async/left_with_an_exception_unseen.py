"""What is raised in a request whose client has left is in no log."""

from mutation import replace
from utilmeta.core.pipeline import dispatch

VARIANTS = ("sanic-async", "django-async")

replace(
    dispatch.compile_async_handle,
    "await apart(answer_on_loop(plan, request, values))",
    "reply(await apart(plan.call(request, values)), request, plan.label)",
)
