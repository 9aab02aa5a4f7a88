"""What is wrong with a set is answered before the other parameters are looked at."""

from mutation import replace
from utilmeta.core.request.parameters import parameter
from utilmeta.utils.exceptions import BadRequest

parameter.BadRequest = BadRequest
replace(
    parameter.take,
    "except pydantic.ValidationError as error:",
    """except pydantic.ValidationError as error:
        if parameter.model is not None:
            raise BadRequest(errors=offences(error, parameter.marker.place, "", shown=parameter.shown))""",
)
