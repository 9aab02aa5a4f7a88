"""A plugin that is given the API, around requests that run at the same time; each waits until the other is there."""

import asyncio
import time

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request

PATIENCE = 300  # looks for the other request, at most
PAUSE = 0.01  # seconds between two
arrived = set()


class EchoingWord(api.Plugin):
    """Answers with the word of the API that it is given: of a response in a header, of an error as the result."""

    @in_mode
    def process_request(self, request, api):
        return None

    @in_mode
    def process_response(self, response, api):
        response.headers["X-Word"] = api.word

    @in_mode
    def handle_error(self, error, api):
        return {"error": api.word}


@EchoingWord()
class MeetingAPI(api.API):
    word: str = request.QueryParam()

    if ASYNCHRONOUS:

        @api.get
        async def meets(self, other: str, fails: bool):
            arrived.add(self.word)
            for _ in range(PATIENCE):
                if other not in arrived:
                    await asyncio.sleep(PAUSE)
            return self.ended(fails)

    else:

        @api.get
        def meets(self, other: str, fails: bool):
            arrived.add(self.word)
            for _ in range(PATIENCE):
                if other not in arrived:
                    time.sleep(PAUSE)
            return self.ended(fails)

    def ended(self, fails):
        if fails:
            raise KeyError(self.word)
        return {"word": self.word}


class RootAPI(api.API):
    meeting: MeetingAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = with_a_key(
    UtilMeta(
        __name__,
        name="plugin_at_once",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
