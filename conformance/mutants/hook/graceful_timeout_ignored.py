"""Requests in flight have ten seconds, whatever `graceful_timeout` says."""

from utilmeta.core.server import validate_arguments

validate_arguments.seconds = lambda name, value: 10
