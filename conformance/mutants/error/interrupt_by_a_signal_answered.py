"""The KeyboardInterrupt of a signal that finds an endpoint running is answered as one of the endpoint's."""

from mutation import replace
from utilmeta.core.errors import interruption

VARIANTS = ("flask-async", "flask-sync")

replace(interruption.is_interruption, "(GeneratorExit, KeyboardInterrupt)", "GeneratorExit")
