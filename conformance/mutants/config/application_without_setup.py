"""application() is left without a setup() of its own."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.application, "self.setup()", "pass")
