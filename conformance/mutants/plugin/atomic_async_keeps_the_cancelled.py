"""An `async def` endpoint below `orm.Atomic` that is cancelled, by its timeout or client, keeps what it wrote."""

from mutation import replace
from utilmeta.core.orm.atomic import AtomicRequests

VARIANTS = ("starlette-async", "flask-async")

replace(
    AtomicRequests.around_async,
    "        except BaseException as error:",
    "        except asyncio.CancelledError:\n"
    "            await in_orm_thread(transaction.opened.close)\n"
    "            raise\n"
    "        except BaseException as error:",
)
