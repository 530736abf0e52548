"""Which copies are kept, and when one is due."""

from datetime import UTC, datetime, timedelta

from trunnion.integrations.safekeeping import rules

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)


def test_a_copy_is_due_at_night_or_when_it_is_late():
    assert rules.is_due(None, NOW)
    assert not rules.is_due(None, NOW.replace(hour=12))
    assert rules.is_due(NOW - timedelta(hours=24), NOW)
    assert not rules.is_due(NOW - timedelta(hours=1), NOW)
    assert not rules.is_due(NOW - timedelta(hours=24), NOW.replace(hour=12))
    assert rules.is_due(NOW - timedelta(hours=40), NOW.replace(hour=12))


def test_seven_days_and_four_weeks_stay():
    made = [NOW - timedelta(days=n) for n in range(60)]
    stays = rules.kept(made)
    assert set(made[:7]) <= stays
    assert len(stays) == 7 + 3
    assert all((NOW - one).days < 28 for one in stays)
    assert {one.isocalendar()[:2] for one in stays} == {one.isocalendar()[:2] for one in made[:22]}


def test_of_one_day_the_newest_stays():
    made = [NOW, NOW + timedelta(hours=5)]
    assert rules.kept(made) == {made[1]}
    assert rules.kept([]) == set()
