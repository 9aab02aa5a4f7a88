"""An API in another application answers at fixed paths alone."""

from mutation import replace
from utilmeta.core.server import application

replace(
    application.compile_api,
    "endpoints(api),",
    '[each for each in endpoints(api) if "{" not in str(each.template)],',
)
