"""Nothing here is about people."""

from verbundwerk.base.retention import not_personal, of

not_personal(
    "shared words for what can be learned",
    *of("topics.Topic", "slug", "label", "label_en", "sort_key", "search_key", "esco_uri"),
    "topics.Synonym.label",
    "topics.Synonym.search_key",
)
