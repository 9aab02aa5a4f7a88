"""Calls of a service by clients in its own process, without a network (CLIENT-g28)."""
