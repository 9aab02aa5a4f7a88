"""A set in a struct that is sent as an array stands where the tag or another field is to be."""

from mutation import replace
from utilmeta.core.response import struct

replace(struct.compile_convert, "0 if kind.__struct_config__.tag is None else 1", "0")
