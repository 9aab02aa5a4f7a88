"""Parameters of an endpoint: from its signature to a function that binds a request to arguments."""
