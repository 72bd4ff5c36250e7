from django.urls import include, path

urlpatterns = [
    path("konto/", include("allauth.urls")),
    path("sprache/", include("django.conf.urls.i18n")),
    path("buendel/", include("verbundwerk.pooling.urls")),
    path("", include("verbundwerk.courses.urls")),
    path("", include("verbundwerk.portal.urls")),
]
