"""A class with shared parameters, or one that the class that mounts it calls, is made without its __init__."""

from mutation import replace
from utilmeta.core.api import instance

replace(instance.make_instance, "instance.__init__(request)", "vars(instance).update(request=request)")
