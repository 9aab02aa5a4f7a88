"""Endpoints with annotated results, which the service's preference has checked: all but `texts` do not fit."""

from typing import Dict, List

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

    @api.get
    @in_mode
    def zero(self) -> str:
        return 0

    @api.get
    @in_mode
    def empty_text(self) -> int:
        return ""

    @api.get
    @in_mode
    def empty_list(self) -> Dict[str, int]:
        return []

    @api.get
    @in_mode
    def empty_object(self) -> List[int]:
        return {}

    @api.get
    @in_mode
    def nothing(self) -> int:
        return None


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
