from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "verbundwerk.catalogue"
    label = "catalogue"
