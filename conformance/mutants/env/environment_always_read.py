"""The system environment is read without a word about it too."""

from mutation import replace
from utilmeta.conf import source

replace(source.sources, "if sys_env:", "if True:")
