"""The route of adapt() stands in place of the root route."""

from mutation import replace
from utilmeta.core.server import application

replace(application.compile_serving, "join(above, root)", "above.strip('/') or root")
