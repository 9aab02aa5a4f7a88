"""Parameters that are declared with the fields of utype, which say alias, default and rules."""

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api

try:
    import utype
except ImportError:
    utype = None


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def libraries(self):
        return {"installed": [] if utype is None else ["utype"]}

    if utype is not None:

        @api.get("field/{word}")
        @in_mode
        def field(
            self,
            word: str = utype.Field(max_length=9),
            number: int = utype.Field(alias="from", ge=1, lt=10),
            letters: str = utype.Param("abc", regex="[a-c]+", length=3),
        ):
            return {"values": [word, number, letters]}


service = with_a_key(
    UtilMeta(
        __name__,
        name="request_utype_fields",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
