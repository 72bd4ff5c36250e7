from django.apps import AppConfig


class TopicsConfig(AppConfig):
    name = "verbundwerk.topics"
    label = "topics"
