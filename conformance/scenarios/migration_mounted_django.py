"""A service that mounts a NinjaAPI or a router of Django REST framework, as SCENARIO_LIBRARY says, at `/v1`.

With SCENARIO_ALONE there is no API, and it is at `/api`. The settings are those of a project.
"""

import os

from django.conf import settings
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api

urlpatterns = []  # of the project
settings.configure(
    DEBUG=not PRODUCTION,
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    SECRET_KEY=NONCE,
    REST_FRAMEWORK={"UNAUTHENTICATED_USER": None, "DEFAULT_AUTHENTICATION_CLASSES": []},
)


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE


def ninja():
    from ninja import NinjaAPI

    made = NinjaAPI()

    @made.get("/words/{word}")
    def read(request, word: str):
        return {"word": word}

    @made.get("/nonce")
    def nonce(request):
        return NONCE

    return made


def rest_framework():
    from rest_framework.response import Response
    from rest_framework.routers import SimpleRouter
    from rest_framework.viewsets import ViewSet

    class Words(ViewSet):
        def retrieve(self, request, pk=None):
            return Response({"word": pk})

    class Nonce(ViewSet):
        def list(self, request):
            return Response(NONCE)

    made = SimpleRouter(trailing_slash=False)
    made.register("words", Words, basename="words")
    made.register("nonce", Nonce, basename="nonce")
    return made


alone = "SCENARIO_ALONE" in os.environ
service = UtilMeta(
    __name__,
    name="migration_mounted_django",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    **({} if alone else {"api": RootAPI}),
)
service.setup()
service.mount(globals()[os.environ["SCENARIO_LIBRARY"]](), "/api" if alone else "/v1")

app = service.application()
