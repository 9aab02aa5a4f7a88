"""A package with an API that a service names by reference."""
