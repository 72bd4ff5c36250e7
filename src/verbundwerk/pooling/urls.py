from django.urls import path

from .views import answers, names, office, pools, public
from .views.planning import asking, page, watching

app_name = "pooling"
urlpatterns = [
    path("", pools.listing, name="list"),
    path("liste.csv", pools.as_csv, name="csv"),
    path("liste.xlsx", pools.as_xlsx, name="xlsx"),
    path("oeffentlich/", public.listing, name="public"),
    path("oeffentlich/<uuid:pool_id>/", public.pool, name="public_pool"),
    path("neu/", office.merge, name="merge"),
    path("plaene/", asking.listing, name="plans"),
    path("plaene/berechnen/", asking.ask, name="request_plan"),
    path("plaene/<uuid:plan_id>/", page.plan, name="plan"),
    path("plaene/<uuid:plan_id>/anhalten/", watching.stop, name="stop_plan"),
    path("plaene/<uuid:plan_id>/abbrechen/", watching.cancel, name="cancel_plan"),
    path("plaene/<uuid:plan_id>/uebrig.csv", page.left_csv, name="left_csv"),
    path("plaene/<uuid:plan_id>/uebrig.xlsx", page.left_xlsx, name="left_xlsx"),
    path("plaene/<uuid:plan_id>/uebrig/<uuid:need_id>/", page.left, name="left"),
    path("vorschlaege/<uuid:proposal_id>/annehmen/", page.accept, name="accept"),
    path("anfragen/<uuid:enquiry_id>/", answers.enquiry, name="enquiry"),
    path("anfragen/<uuid:enquiry_id>/absagen/", answers.decline, name="decline"),
    path("angebote/<uuid:bid_id>/waehlen/", office.choose, name="choose"),
    path("zusagen/<uuid:commitment_id>/zurueckziehen/", answers.withdraw, name="withdraw"),
    path("<uuid:pool_id>/", pools.pool, name="pool"),
    path("<uuid:pool_id>/zusagen/", answers.commit, name="commit"),
    path("<uuid:pool_id>/name/<uuid:organisation_id>/nennen/", names.allow, name="allow_name"),
    path("<uuid:pool_id>/name/<uuid:organisation_id>/verbergen/", names.take_back, name="take_back_name"),
    path("<uuid:pool_id>/anbieter-fragen/", office.ask, name="ask"),
    path("<uuid:pool_id>/zusagen-eroeffnen/", office.open_commitments, name="open_commitments"),
    path("<uuid:pool_id>/zusagen-verlaengern/", office.extend_commitments, name="extend_commitments"),
    path("<uuid:pool_id>/zusagen-schliessen/", office.close_commitments, name="close_commitments"),
    path("<uuid:pool_id>/veroeffentlichen/", office.publish, name="publish"),
    path("<uuid:pool_id>/verbergen/", office.unpublish, name="unpublish"),
    path("<uuid:pool_id>/aufgeben/", office.give_up, name="give_up"),
    path("<uuid:pool_id>/neu-sondieren/", office.revive, name="revive"),
    path("<uuid:pool_id>/bedarfe/<uuid:need_id>/loesen/", office.drop, name="drop"),
]
