"""`data` is the text of the body where it is JSON."""

from mutation import replace
from utilmeta.core.cli.template import data_of

replace(data_of, "return json.loads(body if other else body.decode())", "return body.decode()")
