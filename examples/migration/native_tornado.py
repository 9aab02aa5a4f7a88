"""A Tornado application that was there before; what it takes besides is added to its rules."""

import asyncio
import signal

from tornado.web import Application, RequestHandler


class Old(RequestHandler):
    def get(self) -> None:
        self.write("old")


app = application = Application([("/old", Old)])


def serve(port: int) -> None:
    async def forever() -> None:
        ended = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
        app.listen(port, "127.0.0.1")
        await ended.wait()

    asyncio.run(forever())
