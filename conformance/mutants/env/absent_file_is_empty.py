"""A file that is not there is as an empty one."""

import os
from pathlib import Path

from utilmeta.conf import variable_file

find = variable_file.find


def found(*arguments):
    try:
        return find(*arguments)
    except FileNotFoundError:
        return Path(os.devnull)


variable_file.find = found
