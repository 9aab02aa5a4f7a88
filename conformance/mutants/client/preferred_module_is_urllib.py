"""A preferred library that is given as a module is urllib."""

from mutation import replace
from utilmeta.conf.preference import client

replace(client, "value.__name__ if", '"urllib" if')
