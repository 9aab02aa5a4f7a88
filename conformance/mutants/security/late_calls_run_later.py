"""What was answered 503 while it waited for a thread runs when there is one."""

from mutation import replace
from utilmeta.core.concurrency.threads import Threads
from utilmeta.core.pipeline.timeout import with_timeout

VARIANTS = ("starlette-async", "fastapi-async", "sanic-async", "tornado-async", "django-async", "flask-async")

replace(Threads.leave, "_, timer = self.waiting.pop(future, (None, None))", "timer = None")
replace(Threads.next, "if not future.done():", "if True:")
replace(with_timeout, "if left <= 0:", "if False:")
