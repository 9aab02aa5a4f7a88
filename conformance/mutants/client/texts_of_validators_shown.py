"""The error of an argument that its own validator refuses has the validator's text, with the value (CLIENT-8)."""

from mutation import replace
from utilmeta.core.cli import error

replace(error.reason_of, '"does not convert"', 'first["msg"]')
