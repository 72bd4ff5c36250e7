"""Nothing here is about people."""

from verbundwerk.base.retention import not_personal

not_personal("names a piece of nightly work", "portal.Heartbeat.name")
