from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from verbundwerk.base.ids import new_id
from verbundwerk.base.words import search_key, sort_key

from .states import INVITATION, InvitationState
from .terms import BodyKind, District, OrganisationKind, Representation, Role, Section, SizeClass


class Alliance(models.Model):
    """A training alliance or transformation network; several share the region and most partners."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120, unique=True)
    mission = models.TextField(max_length=2000, blank=True)
    founded_on = models.DateField()

    class Meta:
        ordering = ["founded_on", "slug"]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=140, editable=False, db_index=True)
    search_key = models.CharField(max_length=280, editable=False)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    size_class = models.PositiveSmallIntegerField(choices=SizeClass, null=True, blank=True)
    section = models.CharField(max_length=1, choices=Section, blank=True)
    website = models.URLField(max_length=200, blank=True)
    public = models.BooleanField(default=True, help_text="may stand in the directory everybody can read")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [models.UniqueConstraint(Lower("name"), name="organisation_name_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key, self.search_key = sort_key(self.name), search_key(self.name)
        super().save(*args, **kwargs)


class Membership(models.Model):
    """An organisation belongs to an alliance for a time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["joined_on", "pk"]
        constraints = [
            models.UniqueConstraint("alliance", "organisation", condition=Q(left_on=None), name="member_once"),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="left_after_joining"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.alliance_id}"


class Site(models.Model):
    """A place of work: where people travel from and where a works council may exist."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(max_length=80)
    street = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=5)
    place = models.CharField(max_length=80)
    district = models.CharField(max_length=5, choices=District)
    representation = models.CharField(max_length=20, choices=Representation, default=Representation.NONE)
    main = models.BooleanField(default=True)

    class Meta:
        ordering = ["-main", "name", "pk"]
        constraints = [
            models.UniqueConstraint("organisation", condition=Q(main=True), name="one_main_site"),
            models.CheckConstraint(condition=Q(postal_code__regex=r"^[0-9]{5}$"), name="site_postal_code"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.postal_code} {self.place}"


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username or "")


class Person(AbstractBaseUser):
    """Somebody who signs in. What the person may do stands in the mandates, never here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=140, editable=False, db_index=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, choices=[("de", "Deutsch"), ("en", "English")], default="de")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    signed_out_at = models.DateTimeField(null=True, help_text="sessions from before this moment count no more")

    objects = PersonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [models.CheckConstraint(condition=Q(email=Lower("email")), name="person_email_lower")]

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        self.sort_key = sort_key(self.name)
        super().save(*args, **kwargs)

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """Every session carries this; it changes with the password and when the person signs out everywhere."""
        marks = f"{self.password}/{self.signed_out_at}"
        return salted_hmac("network.Person", marks, secret=secret, algorithm="sha256").hexdigest()


class Body(models.Model):
    """A plenary, a steering committee, a working group: what mandates are held in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="bodies")
    kind = models.CharField(max_length=20, choices=BodyKind)
    name = models.CharField(max_length=120)
    mission = models.TextField(max_length=2000, blank=True)
    founded_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "name", "pk"]
        constraints = [models.UniqueConstraint("alliance", "name", name="body_name_once")]

    def __str__(self) -> str:
        return self.name


class Mandate(models.Model):
    """person x organisation x role x dates; a role in a body or for an alliance names that too."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=20, choices=Role)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, null=True, blank=True, related_name="mandates")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="mandates")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            # Three, because NULLs are distinct in a unique index on both databases.
            models.UniqueConstraint(
                "person", "organisation", "role",
                condition=Q(until_on=None, alliance=None, body=None), name="mandate_once",
            ),
            models.UniqueConstraint(
                "person", "organisation", "role", "alliance",
                condition=Q(until_on=None, alliance__isnull=False, body=None), name="mandate_once_in_alliance",
            ),
            models.UniqueConstraint(
                "person", "role", "body",
                condition=Q(until_on=None, body__isnull=False), name="mandate_once_in_body",
            ),
            models.CheckConstraint(condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="mandate_dates"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["person", "from_on"]), models.Index(fields=["organisation", "role"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.organisation_id}"


class Invitation(models.Model):
    """A letter that turns an address into a person with a mandate. Only the token's hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=Role)
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, null=True, blank=True)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    token_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=20, choices=InvitationState, default=INVITATION.start)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-invited_at", "pk"]
        constraints = [
            models.UniqueConstraint("organisation", "email", "role", condition=Q(state="open"), name="invited_once")
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.organisation_id}"
