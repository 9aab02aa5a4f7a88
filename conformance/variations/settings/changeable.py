"""Configurations and Env can be changed after they have been built."""

from utilmeta.conf import config, env

LEVEL = "guides"
BREAKS = {"CONFIG-3c", "CONFIG-3d", "ENV-11"}


def copied(instance):
    for held in (instance.__dict__, instance.model_extra or {}):
        for name, value in held.items():
            held[name] = copy_of(value)


def copy_of(value):
    """A copy of what holds values; a configuration in it is the user's own."""
    if type(value) is dict:
        return {name: copy_of(each) for name, each in value.items()}
    return type(value)(map(copy_of, value)) if type(value) in (list, set) else value


config.freeze = copied
for module in (config, env):
    module.refuse_change = lambda instance, name: None
