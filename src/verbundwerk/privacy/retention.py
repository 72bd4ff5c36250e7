"""What this room keeps itself."""

from verbundwerk.base.retention import not_personal

not_personal("names a line of the table", "privacy.Forgetting.line")
