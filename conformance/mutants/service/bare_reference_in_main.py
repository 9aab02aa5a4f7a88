"""A bare reference is looked up in the script that was started, whatever the first argument says."""

from mutation import replace
from utilmeta.core.server.reference import resolve

replace(resolve, "sys.modules[module_name]", 'sys.modules["__main__"]')
