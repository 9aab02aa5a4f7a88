"""run() prints the service's name where its URL should be."""

from mutation import replace
from utilmeta.core.server.run import run

replace(run, "answers at {local_url(host, port, '/' + adapter.deployment.route)}", "answers")
