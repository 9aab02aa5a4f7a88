"""A body in a coding that is not known is read as its content type says."""

from mutation import replace
from utilmeta.core.cli.template import received

replace(received, 'and value.strip().lower() != "identity":', "and not value:")
