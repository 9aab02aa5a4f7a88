"""A package with an API that service_api_reference.py names by a dotted reference."""
