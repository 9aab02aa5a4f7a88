"""Endpoints with annotated results, which the service's preference has checked: `number` and `items` do not fit."""

from typing import List

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.conf import Preference
from utilmeta.core import api


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self) -> str:
        return NONCE

    @api.get
    @in_mode
    def texts(self) -> List[str]:
        return [NONCE]

    @api.get
    @in_mode
    def number(self) -> int:
        return f"no number {NONCE}"

    @api.get
    @in_mode
    def items(self) -> List[int]:
        return [1, f"no number {NONCE}"]


service = UtilMeta(
    __name__,
    name="preference_documented",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)
service.use(Preference(api_default_strict_response=True))

app = service.application()
