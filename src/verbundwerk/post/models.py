from django.db import models

from verbundwerk.base.ids import new_id

from .states import LETTER, LetterState


class Letter(models.Model):
    """A letter in the outbox: written in the transaction that caused it, delivered afterwards, at least once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(
        max_length=200, help_text="what this letter is about, so that it goes out once to an address"
    )
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    attachments = models.JSONField(default=list, help_text="[{name, mime, base64}]")
    secret = models.BooleanField(default=False, help_text="carries a code or a link: shown to nobody, gone once sent")
    state = models.CharField(max_length=20, choices=LetterState, default=LETTER.start)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["created_at", "key"]
        constraints = [models.UniqueConstraint("key", "to", name="letter_once")]
        indexes = [models.Index(fields=["state", "next_try_at"])]

    def __str__(self) -> str:
        return self.key
