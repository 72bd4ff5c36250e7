"""The frame around every page. Rooms above offer their entries when they start; base never asks who they are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

Place = Literal["main", "person", "footer"]


def always(request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True)
class NavigationEntry:
    """A link in the frame. `visible` decides per request; keep it cheap, every page asks."""

    label: str | Promise
    url_name: str
    order: int = 100
    visible: Callable[[HttpRequest], bool] = always
    place: Place = "main"
    marks_room: bool = True  # also marked on the other pages of its room


@dataclass(frozen=True)
class Link:
    label: str | Promise
    url: str
    current: str = ""  # the value of aria-current: "page", "true" for the room one is in, "" otherwise


_offered: dict[str, NavigationEntry] = {}
_offered_search: list[str] = []


def offer(entry: NavigationEntry) -> None:
    """Called in a room's `AppConfig.ready()`. Offering the same page again replaces the entry."""
    _offered[f"{entry.place}/{entry.url_name}"] = entry


def offer_search(url_name: str) -> None:
    """The page that finds things in all rooms: it reads ?q=. The header shows its box."""
    _offered_search[:] = [url_name]


class Frame:
    """Looked at only by page.html, so that a fragment pays nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def navigation(self) -> list[Link]:
        return list(self._links("main"))

    @cached_property
    def personal(self) -> list[Link]:
        return list(self._links("person"))

    @cached_property
    def footer(self) -> list[Link]:
        return list(self._links("footer"))

    @cached_property
    def search(self) -> str:
        """Where the search box of the header leads; empty when no room offers to search."""
        return _address(_offered_search[0]) if _offered_search else ""

    @cached_property
    def return_to(self) -> str:
        """Where signing in or changing the language leads back to: only a page that answers to GET."""
        return self.request.get_full_path() if self.request.method == "GET" else self.request.path

    @cached_property
    def came_from(self) -> str:
        """The page before, when it was one of ours; for the way back from a refusal."""
        address = self.request.headers.get("Referer", "")
        own = url_has_allowed_host_and_scheme(
            address, {self.request.get_host()}, require_https=self.request.is_secure()
        )
        return address if own else ""

    def _links(self, place: Place) -> Iterator[Link]:
        entries = sorted((one for one in _offered.values() if one.place == place), key=lambda one: one.order)
        for entry in entries:
            if entry.visible(self.request) and (url := _address(entry.url_name)):
                yield Link(entry.label, url, self._current(entry, url))

    def _current(self, entry: NavigationEntry, url: str) -> str:
        if self.request.path == url:
            return "page"
        here = self.request.resolver_match
        room = entry.url_name.rpartition(":")[0] if entry.marks_room else ""
        return "true" if room and here is not None and here.namespace == room and not self._is_listed() else ""

    def _is_listed(self) -> bool:
        """Whether the page itself stands in the navigation; then its room is not marked as well."""
        return any(_address(one.url_name) == self.request.path for one in _offered.values())


def _address(url_name: str) -> str:
    """Empty when the page does not exist in this installation: no page, no link."""
    return _known_address(url_name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(maxsize=256)
def _known_address(url_name: str, urlconf: str, _prefix: str) -> str:
    """Every page asks for every entry; the list of addresses never changes while a process runs."""
    try:
        return reverse(url_name, urlconf)
    except NoReverseMatch:
        return ""


def page_frame(request: HttpRequest) -> dict[str, Any]:
    if not hasattr(request, "user"):
        # A request refused at the door (wrong host) gets its page before anybody asked who it is.
        request.user = _nobody()
    return {"frame": Frame(request)}


def _nobody() -> "AnonymousUser":
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415 - rooms offer entries before models are loaded

    return AnonymousUser()
