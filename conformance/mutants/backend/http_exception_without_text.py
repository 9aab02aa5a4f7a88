"""The text of a framework's HTTP exception is kept from the client."""

from mutation import replace
from utilmeta.core.response import problem

replace(problem.detail, "return answer.detail", 'return ""')
