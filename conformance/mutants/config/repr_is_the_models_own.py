"""The repr of a configuration shows every value as it is."""

from utilmeta.conf.config import Value

del Value.__repr_args__
