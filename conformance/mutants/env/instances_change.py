"""An instance takes other values."""

from utilmeta.conf.env import Env

del Env.__setattr__
