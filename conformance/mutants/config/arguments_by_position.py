"""What is given by position is dropped without a word."""

from mutation import replace
from utilmeta.conf.config import Value

replace(Value.__init__, "if positional:", "if False:")
