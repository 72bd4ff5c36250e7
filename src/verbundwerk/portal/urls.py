from django.urls import include, path

from . import views, views_public, views_technical

app_name = "portal"

urlpatterns = [
    path("", views_public.start, name="start"),
    path("heute/", views.today, name="today"),
    path("suche/", views.search, name="search"),
    path("weg/", views.trails, name="trails"),
    path("weg/<uuid:need_id>/", views.trail, name="trail"),
    path("barrierefreiheit/", views_public.accessibility, name="accessibility"),
    path("datenschutz/", views_public.privacy, name="privacy"),
    path("impressum/", views_public.imprint, name="imprint"),
    path("gesund/", views_technical.health, name="health"),
    path("robots.txt", views_technical.robots, name="robots"),
    path("favicon.ico", views_technical.favicon, name="favicon"),
    path(".well-known/security.txt", views_technical.security_txt, name="security"),
    path("demo/", include("verbundwerk.portal.demo.urls")),
]
