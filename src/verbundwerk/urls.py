from django.urls import include, path

urlpatterns = [
    path("konto/", include("verbundwerk.network.account_urls")),
    path("netzwerk/", include("verbundwerk.network.urls")),
    path("sprache/", include("django.conf.urls.i18n")),
    path("beteiligung/", include("verbundwerk.codetermination.urls")),
    path("themen/", include("verbundwerk.topics.urls")),
    path("bedarfe/", include("verbundwerk.needs.urls")),
    path("angebote/", include("verbundwerk.catalogue.urls")),
    path("buendel/", include("verbundwerk.pooling.urls")),
    path("", include("verbundwerk.courses.urls")),
    path("belegschaft/", include("verbundwerk.wishes.urls")),
    path("rueckmeldung/", include("verbundwerk.feedback.urls")),
    path("plaetze/", include("verbundwerk.exchange.urls")),
    path("datenschutz/", include("verbundwerk.privacy.urls")),
    path("", include("verbundwerk.portal.urls")),
    path("", include("verbundwerk.base.urls")),
]
