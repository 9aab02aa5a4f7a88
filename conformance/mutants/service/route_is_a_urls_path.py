"""Of an absolute URL as root route the path counts."""

from mutation import replace
from utilmeta.core.server import validate_arguments

replace(validate_arguments.route, "if parts.scheme or parts.netloc:", "value = parts.path\n    if False:")
