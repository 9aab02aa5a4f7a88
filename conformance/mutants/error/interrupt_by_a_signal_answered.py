"""The KeyboardInterrupt of a signal that finds an endpoint running is answered as one of the endpoint's."""

from mutation import replace
from utilmeta.core.errors import raised

VARIANTS = ("flask-async", "flask-sync")

replace(raised.is_interruption, "(GeneratorExit, KeyboardInterrupt)", "GeneratorExit")
