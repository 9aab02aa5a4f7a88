"""Each answer takes 50 ms longer."""

import asyncio
import time

from utilmeta.core.server import app_spec

LEVEL = "full"
handle, async_handle = app_spec.compile_handle, app_spec.compile_async_handle


def compile_handle(*args):
    answer = handle(*args)

    def slow(request):
        time.sleep(0.05)
        return answer(request)

    return slow


def compile_async_handle(*args):
    answer = async_handle(*args)

    async def slow(request):
        await asyncio.sleep(0.05)
        return await answer(request)

    return slow


app_spec.compile_handle, app_spec.compile_async_handle = compile_handle, compile_async_handle
