"""A class is mounted at the attribute's name, whatever route decorates it."""

from mutation import replace
from utilmeta.core.api import instance

replace(instance.read, 'vars(annotation).get("__route__")', "None")
