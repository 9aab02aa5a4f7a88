"""Once a host has been answered, its name is answered with whatever stands where the port does."""

from mutation import replace
from utilmeta.core.pipeline.host import AllowedHosts

replace(
    vars(AllowedHosts)["judged"].func,
    "return lru_cache(REMEMBERED)(self.judge)",
    "good = set()\n\n"
    "    def judged(*fields):\n"
    '        names = tuple(field and field.partition(":")[0] for field in fields)\n'
    "        if names in good:\n"
    "            return True\n"
    "        if not self.judge(*fields):\n"
    "            return False\n"
    "        good.add(names)\n"
    "        return True\n\n"
    "    return judged",
)
