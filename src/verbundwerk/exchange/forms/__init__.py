"""What people type about seats between firms."""

from .seats import GiveForm, JoinForm

__all__ = ["GiveForm", "JoinForm"]
