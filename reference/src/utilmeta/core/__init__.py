"""What UtilMeta services are made of: API classes, requests, responses and the server side."""
