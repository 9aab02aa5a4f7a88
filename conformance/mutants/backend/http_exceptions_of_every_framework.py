"""HTTP exceptions of other frameworks are answers too."""

from mutation import replace
from utilmeta.core.server.app_spec import Serving

HAS = '**__import__("utilmeta.core.server.backends.{}_responses", fromlist=["x"]).EXCEPTIONS'
BOTH = ", ".join(HAS.format(framework) for framework in ("flask", "starlette"))

replace(Serving.handle, "**kind.http_exceptions()", f"**kind.http_exceptions(), {BOTH}")
