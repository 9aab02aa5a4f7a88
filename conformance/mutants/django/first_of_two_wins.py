"""Of two sources that contradict each other the first wins, silently."""

from mutation import replace
from utilmeta.core.server.django_setup.settings import Setting

replace(Setting.agrees, "mine, others = self.value, other.value", "mine = others = self.value")
