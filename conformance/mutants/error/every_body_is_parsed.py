"""The body of every request is read and parsed, also where nobody has declared one."""

from mutation import replace
from utilmeta.core.pipeline import dispatch
from utilmeta.core.request.body.json import parse_json

dispatch.parse_json = parse_json
for handle, load in (dispatch.compile_handle, "request.load"), (dispatch.compile_async_handle, "await request.receive"):
    reading = f"                {load}(limit)\n"
    replace(handle, reading, reading + "                parse_json(request.body)\n")
