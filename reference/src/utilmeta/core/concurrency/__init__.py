"""Threads, event loops, context variables and scopes that a service's functions run in."""
