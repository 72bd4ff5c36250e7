from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "verbundwerk.network"
    label = "network"
