from django.urls import path

from . import views

app_name = "pooling"
urlpatterns = [path("<uuid:pool_id>/", views.pool, name="pool")]
