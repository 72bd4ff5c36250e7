from django.urls import path

from .views import bodies, directory, keeping, letters, people

app_name = "network"
ORGANISATION = "organisationen/<uuid:organisation_id>/"

urlpatterns = [
    path("", directory.organisations, name="list"),
    path("organisationen.csv", directory.organisations_csv, name="csv"),
    path("organisationen.xlsx", directory.organisations_xlsx, name="xlsx"),
    path("organisationen/neu/", keeping.register, name="register"),
    path(ORGANISATION, directory.organisation, name="organisation"),
    path(ORGANISATION + "aendern/", keeping.change, name="change"),
    path(ORGANISATION + "standorte/neu/", keeping.add_site, name="add_site"),
    path("standorte/<uuid:site_id>/aendern/", keeping.change_site, name="change_site"),
    path(ORGANISATION + "beitreten/", keeping.join, name="join"),
    path(ORGANISATION + "austreten/<uuid:alliance_id>/", keeping.leave, name="leave"),
    path(ORGANISATION + "einladen/", people.invite, name="invite"),
    path("einladungen/<uuid:invitation_id>/zurueckziehen/", people.withdraw, name="withdraw"),
    path("mandate/<uuid:mandate_id>/beenden/", people.end_mandate, name="end_mandate"),
    path("verbuende/", directory.alliances, name="alliances"),
    path("verbuende/<uuid:alliance_id>/gremien/neu/", bodies.found, name="found_body"),
    path("gremien/", directory.bodies, name="bodies"),
    path("gremien/<uuid:body_id>/", directory.body, name="body"),
    path("gremien/<uuid:body_id>/platz/", bodies.give_seat, name="give_seat"),
    path("einladung/<str:token>/", people.accept, name="accept"),
    path("profil/", people.profile, name="profile"),
    path("profil/aendern/", people.change_profile, name="change_profile"),
    path("profil/ueberall-abmelden/", people.sign_out_everywhere, name="sign_out_everywhere"),
    path("post/", letters.letters, name="letters"),
    path("post/<uuid:letter_id>/", letters.letter, name="letter"),
    path("post/<uuid:letter_id>/erneut/", letters.retry_letter, name="retry_letter"),
]
