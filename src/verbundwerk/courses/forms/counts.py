"""How many of a booking's people belong to which group."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from verbundwerk.base.forms import Form, prepare

from .. import rules
from ..terms import GROUPS, Group, Trait


class HeadcountForm(Form):
    """One number per group, side by side per trait. Nothing of it has to be filled in."""

    marks_optional = False

    def __init__(self, data: Any = None, *, counted: Mapping[str, int], people: int) -> None:
        super().__init__(data, initial=counted)
        self.people = people
        for group in Group:
            self.fields[group.value] = self._number(group)

    def _number(self, group: Group) -> forms.IntegerField:
        field = forms.IntegerField(label=group.label, required=False, min_value=0, max_value=rules.SEATS_AT_ONCE)
        field.widget.attrs["autocomplete"] = "off"
        prepare(field)
        return field

    @property
    def sections(self) -> Iterator[tuple[str, list[BoundField]]]:
        return ((str(trait.label), [self[one.value] for one in groups]) for trait, groups in GROUPS.items())

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for trait, verdict in rules.counts_fit(self.counts, self.people).items():
            if not verdict:
                self.add_error(_last_filled(trait, self.counts), str(verdict.reason))
        return values

    @property
    def counts(self) -> dict[str, int]:
        return {group.value: self.cleaned_data.get(group.value) or 0 for group in Group}


def _last_filled(trait: Trait, counts: Mapping[str, int]) -> str:
    return [one.value for one in GROUPS[trait] if counts[one.value]][-1]
