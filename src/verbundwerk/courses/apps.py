from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "verbundwerk.courses"
    label = "courses"
