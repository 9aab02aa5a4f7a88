"""A DJANGO_SETTINGS_MODULE that is set already is not read."""

from mutation import replace
from utilmeta.core.server.django_setup.setup import named_module

replace(named_module, "variable = os.environ.get(ENVIRONMENT_VARIABLE)", "variable = None")
