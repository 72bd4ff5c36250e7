"""What providers say about their courses and rooms is there for everybody to read, not about people."""

from verbundwerk.base.retention import not_personal, of

not_personal(
    "describes a course offer of an organisation",
    *of("catalogue.Offer", "reference", "title", "search_key", "description", "patterns", "source"),
    "catalogue.OfferDate.place",
    "catalogue.OfferDate.postal_code",
)
not_personal("describes a room", "catalogue.Venue.name", "catalogue.Venue.equipment")
