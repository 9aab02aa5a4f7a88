"""The command shows what is as Django has it, too."""

from django.conf import global_settings

global_settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 999
