"""How often something may happen: in no stretch of time more than allowed, wherever one begins to count."""

from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.base.limits import Limit, admitted

moments = st.lists(st.floats(0, 500, allow_nan=False), max_size=60).map(sorted)
limits = st.builds(Limit, st.just("test"), st.integers(1, 6), st.integers(1, 120))


def _let_in(times, limit):
    kept, let_in = (), []
    for now in times:
        if (new := admitted(kept, now, limit)) is not None:
            kept = new
            let_in.append(now)
    return let_in


@given(moments, limits)
def test_no_stretch_of_time_holds_more_than_allowed(times, limit):
    let_in = _let_in(times, limit)
    for begin in let_in:
        assert sum(begin <= one < begin + limit.seconds for one in let_in) <= limit.times


@given(moments, limits)
def test_nobody_is_turned_away_without_reason(times, limit):
    let_in = _let_in(times, limit)
    for turned_away in set(times) - set(let_in):
        assert sum(turned_away - limit.seconds < one <= turned_away for one in let_in) >= limit.times


def test_callers_are_counted_apart_and_their_addresses_are_kept_nowhere(monkeypatch):
    kept = {}
    monkeypatch.setattr("verbundwerk.base.limits.cache.get", kept.get)
    monkeypatch.setattr("verbundwerk.base.limits.cache.set", lambda key, value, _for: kept.update({key: value}))
    limit = Limit("test", 2, 60)
    assert [limit.admits("192.0.2.1", now) for now in (0, 1, 2)] == [True, True, False]
    assert limit.admits("192.0.2.2", 2)
    assert limit.admits("192.0.2.1", 61)
    assert "192.0.2" not in str(kept)
