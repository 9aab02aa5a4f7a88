"""What a plain part has set before it raises is lost for the handler."""

from mutation import replace
from utilmeta.core.pipeline.chain_compiler import ChainCompiler

VARIANTS = ("flask-async", "django-async", "starlette-async", "fastapi-async", "sanic-async", "tornado-async")

replace(ChainCompiler.in_thread, "return await run_in_thread(", "result = await run_in_thread(")
replace(ChainCompiler.in_thread, "finally:", "except BaseException:\n            raise\n        else:")
replace(ChainCompiler.in_thread, "adopt(context)", "adopt(context)\n            return result")
