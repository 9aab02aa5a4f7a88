"""The way of a request to its endpoint and of the result back, put together when the application is built."""
