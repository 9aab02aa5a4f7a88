"""An `async def` endpoint below `orm.Atomic` that is cancelled, by its timeout or client, keeps what it wrote."""

from mutation import replace
from utilmeta.core.orm.atomic import AtomicRequests

VARIANTS = ("starlette-async", "flask-async")

replace(
    AtomicRequests.around,
    "        except BaseException as error:",
    "        except asyncio.CancelledError:\n"
    "            await asyncio.shield(sync_to_async(opened.close)())\n"
    "            raise\n"
    "        except BaseException as error:",
)
