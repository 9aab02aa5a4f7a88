"""What an after hook returns is put into no template."""

from mutation import replace
from utilmeta.core.pipeline.middleware import Composition

replace(Composition.make, "template_of(hook.function, hook.api) or template)", "None)")
