"""`run()` prints the URL and no other word in its line."""

from mutation import replace
from utilmeta.core.server import run

LEVEL = "full"
replace(run.run, "{service.name} ({service.backend}) answers at {local_url", "{local_url")
