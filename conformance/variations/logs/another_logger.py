"""What goes wrong is logged by loggers of another name."""

import logging

from utilmeta.core.errors import notify
from utilmeta.core.errors.log_line import escape_arguments
from utilmeta.core.pipeline import responder

LEVEL = "full"
escape_arguments("acme.service", "acme.operator")
responder.log = logging.getLogger("acme.service")
notify.log = logging.getLogger("acme.operator")
