"""Assembles Django's settings from the configurations of a service, and sets Django up with them."""
