"""run() prints the line with its URL twice, as where the framework prints one too."""

from mutation import replace
from utilmeta.core.server.run import run

replace(run, "partial(print, line, flush=True)", 'partial(print, line, line, sep="\\n", flush=True)')
