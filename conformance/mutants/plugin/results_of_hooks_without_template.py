"""What an after hook returns is put into no template."""

from mutation import replace
from utilmeta.core.pipeline import chain_compiler

replace(chain_compiler.compose, "template_of(hook.function, hook.api) or template)", "None)")
