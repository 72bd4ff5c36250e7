"""What is told of several firms names no person."""

from verbundwerk.base.retention import not_personal, of

not_personal(
    "figures about firms, and the seats they rest on", *of("disclosure.ToldFigure", "statement", "key", "basis")
)
