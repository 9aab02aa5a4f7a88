"""Exceptions of the service and its frameworks: told apart, logged, and shown to who runs the service."""
