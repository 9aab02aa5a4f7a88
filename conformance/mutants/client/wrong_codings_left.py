"""A body that is not as it is coded is left as it is."""

from mutation import replace
from utilmeta.core.cli.bodies.decoding import Content

replace(
    Content.take,
    "self.inflate(piece, 0)",
    "try:\n"
    "            self.inflate(piece, 0)\n"
    "        except BadContent:\n"
    "            self.inflaters = []\n"
    "            self.gathered.append(piece)",
)
