"""A plugin of an outer class is given the instance of the endpoint's class."""

from mutation import replace
from utilmeta.core.pipeline import chain_compiler

replace(chain_compiler.compose, "classes.index(plugin.api), name", "len(classes) - 1, name")
