"""What is wrong with a set is answered before the other parameters are looked at."""

from mutation import replace
from utilmeta.core.request import argument
from utilmeta.utils.exceptions import UnprocessableEntity

argument.UnprocessableEntity = UnprocessableEntity
replace(
    argument.take,
    "except pydantic.ValidationError as error:",
    """except pydantic.ValidationError as error:
        if parameter.model is not None:
            raise UnprocessableEntity(offences(error, parameter.marker.place, "", shown=parameter.shown))""",
)
