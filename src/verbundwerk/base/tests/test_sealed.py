"""What is sealed is read again by this installation and by nobody else."""

import pytest
from cryptography.fernet import InvalidToken
from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.base.sealed import seal, unseal


@given(st.text())
def test_what_was_sealed_comes_back_and_does_not_show(text):
    sealed = seal(text)
    assert unseal(sealed) == text
    assert len(text) < 8 or text not in sealed


def test_another_installation_cannot_open_it(settings):
    sealed = seal("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY = "another key, another house"
    with pytest.raises(InvalidToken):
        unseal(sealed)


def test_after_a_change_of_key_the_old_one_still_opens(settings):
    sealed = seal("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the new key"
    assert unseal(sealed) == "JBSWY3DPEHPK3PXP"
