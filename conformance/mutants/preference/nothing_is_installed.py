"""What is missing is never installed."""

from mutation import replace
from utilmeta.core.server import dependency

replace(dependency.why_not, 'return ""', 'return "it never is"')
