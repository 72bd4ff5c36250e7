from django.apps import AppConfig


class PoolingConfig(AppConfig):
    name = "verbundwerk.pooling"
    label = "pooling"
