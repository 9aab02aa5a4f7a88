"""No result is checked, whatever the preference."""

from mutation import replace
from utilmeta.core.server import application

replace(application.compile_serving, "bool(preference.api_default_strict_response)", "False")
