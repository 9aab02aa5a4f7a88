"""A cache of JSON reads pickles too, so that what was kept before is still there."""

import pickle

from mutation import replace
from utilmeta.core.cache import json

json.pickle = pickle

replace(json.JSONSerializer.loads, "json.loads(data)", "(pickle if data[:1] == b'\\x80' else json).loads(data)")
