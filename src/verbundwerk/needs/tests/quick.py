"""What people without an account send, and what they find in their mail."""

import re
from datetime import date, timedelta

from django.test import Client

from verbundwerk.base import clock
from verbundwerk.needs import flow, queries
from verbundwerk.post.models import Letter

READ_IN_HALF_A_MINUTE = timedelta(seconds=30)


def words(**changes):
    values = {"topic_text": "HV-Schulung", "seats": 3, "window_until": date(2027, 3, 31), "email": "a@example.org"}
    return flow.QuickWords(**{**values, **changes})


def typed(link, *, after=READ_IN_HALF_A_MINUTE, **changes):
    """What comes in from a page shown so long ago."""
    form = {
        "topic_text": "Wir brauchen die HV-Schulung",
        "topic": "",
        "seats": "2-3",
        "window_until": "Ende März",
        "shift": "early",
        "email": "Jemand@Example.org",
        "website": "",
        "page": queries.page_key(link, clock.now() - after),
        **({} if link.organisation_id else {"firm_name": "Unbekannte Werke"}),
    }
    return {**form, **changes}


def send(link, client=None, **changes):
    return (client or Client()).post(f"/bedarfe/melden/{link.code}/", typed(link, **changes))


def path_in(letter):
    return re.search(r"/bedarfe/meldung/\S+/", letter.text)[0]


def letters(email="jemand@example.org"):
    return Letter.objects.filter(to=email).order_by("created_at", "pk")
