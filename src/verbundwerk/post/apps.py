from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "verbundwerk.post"
    label = "post"
