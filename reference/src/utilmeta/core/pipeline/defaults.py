"""Limits and timeouts of a service that sets no others (SERVICE-19), and of an API class without a service."""

MAX_BODY_SIZE = 10 * 1024 * 1024
MAX_HEADER_FIELDS = 1000
MAX_HEADER_SIZE = 64 * 1024

# In seconds.
GRACEFUL_TIMEOUT = 10
HEADER_TIMEOUT = 30
BODY_TIMEOUT = 60
KEEP_ALIVE_TIMEOUT = 5
