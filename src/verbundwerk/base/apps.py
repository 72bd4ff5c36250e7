from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "verbundwerk.base"
    label = "base"
