"""An API answers its paths without the route too, as a service does at a root route that is not strict."""

from mutation import replace
from utilmeta.core.server import application

replace(application.compile_api, "strict=True", "strict=False")
