"""The exit of a signal handler is known as one only where the handler itself raises it."""

from mutation import replace
from utilmeta.core.errors import interruption

replace(
    interruption.is_interruption,
    "any(is_signal_handler(step.tb_frame) for step in steps)",
    "is_signal_handler(steps[-1].tb_frame)",
)
