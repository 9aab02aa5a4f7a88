"""Requests of a process to its own service, without a server.

A user expects of a call within the process what comes over the network, so what answers is the application that
``application()`` returns, by the interface that its server has: a WSGI environ, an ASGI scope, Sanic's ASGI request, or
Tornado's delegate for a connection. The framework's middleware and native routes are in it.
"""
