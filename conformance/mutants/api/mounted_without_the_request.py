"""What is mounted is the class itself, not an instance for this request."""

from mutation import replace
from utilmeta.core.api import instance

replace(instance.attribute, "make_instance(mounted, request, given)", "mounted")
