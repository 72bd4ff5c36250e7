"""Every address of the room, for every role: topics are public words."""

MATRIX = {"topics:suggestions": {"*": "200"}, "POST topics:suggestions": {"*": "405"}}
