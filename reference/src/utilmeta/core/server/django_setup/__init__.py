"""Django's settings, put together from what a service says, and Django set up with them."""
