"""The server side: the service, its routes, its hooks and the backends that carry it."""
