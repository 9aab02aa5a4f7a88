"""The module that `module_name` names is not read."""

from mutation import replace
from utilmeta.core.server.django_setup.setup import named_module

replace(named_module, "keyword = config.module_name if config else None", "keyword = None")
