"""A body in a coding that is not known loses its Content-Encoding."""

from mutation import replace
from utilmeta.core.cli.bodies.decoding import Content

replace(
    Content.answer, "lines = self.lines\n", "lines = [line for line in self.lines if line[0].lower() not in OF_CODED]\n"
)
