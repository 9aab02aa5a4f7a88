"""Load tests: the root scenario of a variant under load, with every answer verified.

`locust -f loadtests` takes every Python file in here that does not start with an underscore for a locustfile, in
subfolders too, and imports it under its bare name; so only `locustfile.py` goes without one.
"""
