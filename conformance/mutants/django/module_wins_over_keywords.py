"""What the settings module declares wins over a keyword of DjangoSettings."""

from mutation import replace
from utilmeta.core.server.django_setup.settings import assemble

replace(assemble, "chosen[setting.name] = replace(other, over=setting.source)", "chosen[setting.name] = setting")
