"""Requests in flight have ten seconds, whatever `graceful_timeout` says."""

from utilmeta.core.server import argument

argument.seconds = lambda name, value: 10
