"""Bodies of requests: parsed by content type and turned into arguments."""
