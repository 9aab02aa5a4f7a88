"""A repr shows every value as it is."""

from utilmeta.conf.env import Env

del Env.__repr_args__
