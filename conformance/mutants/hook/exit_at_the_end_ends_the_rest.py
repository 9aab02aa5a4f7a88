"""A shutdown hook that exits at the end of the process keeps the others from running."""

from mutation import replace
from utilmeta.core.pipeline.lifecycle import Lifecycle

VARIANTS = ("django-async", "fastapi-sync", "fastapi-async", "starlette-sync", "starlette-async")

replace(Lifecycle.finish, "except BaseException as error:", "except Exception as error:")
