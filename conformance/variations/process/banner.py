"""`run()` prints several lines about itself before the one with the URL."""

import sys

from mutation import replace
from utilmeta.core.server import run

LEVEL = "full"


def banner(service):
    sys.stdout.write(f"{'=' * 40}\n{service.name} {service.version}\nstop it with Ctrl-C\n")


run.banner = banner
replace(run.run, "    line = f", "    banner(service)\n    line = f")
