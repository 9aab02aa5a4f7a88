"""A Literal that no text becomes is taken, and then no text."""

from mutation import replace
from utilmeta.core.request.parameters.text_convertible import Texts

replace(
    Texts.become,
    "takes_text(schema)",
    "True",
)
