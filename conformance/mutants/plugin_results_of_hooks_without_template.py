"""What an after hook returns is put into no template."""

from mutation import replace
from utilmeta.core.server.composition import Composition

replace(Composition.make, "shaping(template_of(hook.function) or template)", "shaping(None)")
