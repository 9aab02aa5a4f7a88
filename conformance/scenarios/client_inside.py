"""A service that calls itself inside its process (client_inside_api.py), served."""

from client_inside_api import make

service = make()
app = service.application()
