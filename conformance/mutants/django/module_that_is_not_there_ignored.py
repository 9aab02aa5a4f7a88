"""A settings module that is not there is taken for an empty one."""

from mutation import replace
from utilmeta.core.server.django_setup.setup import find_module

replace(find_module, "    if name in sys.modules:", "    sys.modules.setdefault(name, ModuleType(name))\n    if True:")
