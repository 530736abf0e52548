"""The generator: the same for a seed, plausible in its figures, worded in both languages."""

import random
import re
import tomllib
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import mean

import msgspec
import pytest

import trunnion.catalog
import trunnion.knowledge
from trunnion.integrations.demo import chance
from trunnion.integrations.demo.jobs import Job, jobs
from trunnion.integrations.demo.plan import Plan, plan
from trunnion.integrations.demo.trades import FOLDER, read_trade
from trunnion.integrations.demo.types import LARGE, SMALL, Size, Trade, TradeKey
from trunnion.work.types import OrderKind

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
CHINESE, LATIN = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]{2}")


def made(key: TradeKey, size: Size, seed: int = 1907) -> tuple[Plan, list[Job]]:
    dice = random.Random(seed)
    planned = plan(read_trade(key), size, NOW, dice)
    return planned, jobs(planned, dice)


def seeds(package, name):
    return tomllib.loads(
        (__import__("pathlib").Path(package.__file__).parent / "seed" / name).read_text("utf-8")
    )


@pytest.mark.parametrize("key", TradeKey)
def test_the_same_for_a_seed(key):
    one, two = made(key, SMALL), made(key, SMALL)
    assert one == two
    assert made(key, SMALL, seed=2)[1] != one[1]


@pytest.mark.parametrize("key", TradeKey)
def test_as_large_as_said(key):
    planned, over = made(key, LARGE)
    assert len(planned.things) == 600
    assert sum(p.parent is None for p in planned.places) == LARGE.sites == 3
    assert 1_600 <= len(over) <= 2_100
    failures = [j for j in over if j.fault]
    assert 600 <= len(failures) <= 1_100
    assert sum(j.kind == OrderKind.PREVENTIVE for j in over) >= 700
    assert 0.05 < mean(j.waits_for is not None for j in failures) < 0.25
    assert 50 <= len(made(key, SMALL)[0].things) <= 70


@pytest.mark.parametrize("key", TradeKey)
def test_nothing_happens_before_its_machine_nor_tomorrow(key):
    planned, over = made(key, LARGE)
    begun = NOW - timedelta(days=LARGE.days + 1)
    for job in over:
        assert job.reported_at.date() >= planned.things[job.thing].installed_on
        assert begun < job.reported_at <= job.started_at <= job.ended_at < NOW


@pytest.mark.parametrize("key", TradeKey)
def test_a_machine_never_fails_while_it_is_down(key):
    by_thing: dict[int, list[Job]] = {}
    for job in (j for j in made(key, LARGE)[1] if j.fault):
        by_thing.setdefault(job.thing, []).append(job)
    for failures in by_thing.values():
        assert all(one.ended_at < two.reported_at for one, two in pairwise(failures))


@pytest.mark.parametrize("key", TradeKey)
def test_bad_actors_and_the_bad_lot_show(key):
    planned, over = made(key, LARGE)
    count = [0] * len(planned.things)
    for job in over:
        count[job.thing] += job.fault is not None
    good = mean(count[t.index] for t in planned.things if not t.is_bad and not t.batch)
    bad = [t for t in planned.things if t.is_bad]
    assert len(bad) >= 5
    # As many days for fewer failures: the time between them is that much shorter.
    assert mean(count[t.index] for t in bad) > 2.5 * good
    lot = [t for t in planned.things if t.batch]
    assert lot
    like = [t for t in planned.things if t.kind.name == lot[0].kind.name and not t.batch and not t.is_bad]
    assert mean(count[t.index] for t in lot) > mean(count[t.index] for t in like)
    assert {j.fault.mode for j in over if j.fault and planned.things[j.thing].batch} == {
        lot[0].kind.faults[0].mode
    }


def test_seasons_and_lives():
    dice = random.Random(3)
    failures = [j for seed in range(4) for j in made(TradeKey.HOSPITAL, LARGE, seed)[1] if j.fault]
    planned = made(TradeKey.HOSPITAL, LARGE)[0]
    cooling = [j for j in failures if planned.things[j.thing].kind.peak == 200]
    summer = sum(j.reported_at.month in (6, 7, 8) for j in cooling)
    assert summer > 1.5 * sum(j.reported_at.month in (12, 1, 2) for j in cooling)
    assert mean(chance.life(dice, 2.0, 100) for _ in range(4000)) == pytest.approx(
        chance.mean_life(2.0, 100), rel=0.05
    )
    year = chance.after(NOW, chance.YEAR, 200)
    assert abs((year - NOW).days - chance.YEAR) < 2


@pytest.mark.parametrize("key", TradeKey)
def test_words_of_both_languages(key):
    trade = read_trade(key)
    words = [trade.name, *trade.makers, *trade.contractors, *trade.tags, *trade.teams.values()]
    words += [s.name for s in trade.sites] + [c.name for c in trade.certificates]
    words += [r for s in trade.sites for b in s.buildings for r in (b.name, *b.rooms)]
    for kind in trade.kinds:
        words += [kind.name, kind.service, *(w for f in kind.faults for w in (f.text, f.remedy, f.part) if w)]
    assert [w for w in words if not (CHINESE.search(w) and LATIN.search(w)) and "BD" not in w] == []
    assert all(LATIN.search(f.en) and CHINESE.search(f.zh) for f in trade.fields)


@pytest.mark.parametrize("key", TradeKey)
def test_codes_teams_and_places_are_known(key):
    trade = read_trade(key)
    modes = {m["code"]: m["classes"] for m in seeds(trunnion.knowledge, "failure_codes.toml")["mode"]}
    classes = {c["code"] for c in seeds(trunnion.catalog, "equipment_classes.toml")["class"]}
    rooms = {r for s in trade.sites for b in s.buildings for r in b.rooms}
    for kind in trade.kinds:
        assert kind.class_ in classes
        assert kind.team in trade.teams
        assert not kind.where or rooms & set(kind.where)
        assert all(modes[f.mode] == ["*"] or kind.class_ in modes[f.mode] for f in kind.faults)
    assert len({k.prefix for k in trade.kinds}) == len(trade.kinds)
    assert {h.team for h in trade.people} - {""} <= set(trade.teams)
    assert "dispatcher" in {h.role for h in trade.people}


def test_a_data_file_is_held_to_its_form():
    raw = tomllib.loads((FOLDER / "water.toml").read_text("utf-8"))
    raw["kinds"][0]["colour"] = "blue"
    with pytest.raises(msgspec.ValidationError, match="colour"):
        msgspec.convert(raw, Trade)
