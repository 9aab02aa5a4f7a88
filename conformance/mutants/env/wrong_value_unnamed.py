"""The error of a value that does not convert says where it is from, and not whose it is."""

from mutation import replace
from utilmeta.conf import env

replace(env.wrong, "{spelled} in {source.place}", "{source.place}")
