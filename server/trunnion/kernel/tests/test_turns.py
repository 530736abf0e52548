"""Turns: one thread computes at a time, in the order in which they came; whoever takes long keeps nobody waiting."""

import threading
import time

import pytest

from trunnion.kernel import turns
from trunnion.kernel.turns import Turns

LONG = 10.0


def started(work) -> threading.Thread:  # type: ignore[no-untyped-def]
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def until(true) -> None:  # type: ignore[no-untyped-def]
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_never_two_at_once_and_everybody_in_the_end() -> None:
    held, inside, most, done = Turns(patience=LONG), [0], [0], []

    def work() -> None:
        for _ in range(50):
            with held.turn():
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                time.sleep(0)
                inside[0] -= 1
        done.append(1)

    threads = [started(work) for _ in range(8)]
    for thread in threads:
        thread.join(LONG)
    assert (len(done), most[0]) == (8, 1)


def test_first_come_first_served() -> None:
    held, order = Turns(patience=LONG), []
    with held.turn():
        threads = []
        for number in range(5):

            def work(number: int = number) -> None:
                with held.turn():
                    order.append(number)

            threads.append(started(work))
            until(lambda: len(held._queue) == len(threads))
    for thread in threads:
        thread.join(LONG)
    assert order == [0, 1, 2, 3, 4]


def test_whoever_takes_long_keeps_nobody_waiting() -> None:
    held, passed = Turns(patience=0.02), []

    def work() -> None:
        with held.turn():
            passed.append(1)

    with held.turn():
        threads = [started(work) for _ in range(3)]
        until(lambda: len(passed) == 3)
    for thread in threads:
        thread.join(LONG)


def test_a_turn_is_given_away_while_waiting_and_taken_back_first() -> None:
    held, order = Turns(patience=LONG), []
    may_go_on = threading.Event()

    def first() -> None:
        with held.turn():
            order.append("began")
            with turns.aside():
                may_go_on.wait(LONG)
            order.append("went on")

    one = started(first)
    until(lambda: order == ["began"] and not held._began)
    with held.turn():
        # Its turn is free: this thread computes meanwhile, and another one queues up behind it.
        later = started(lambda: _append_in_turn(held, order))
        until(lambda: len(held._queue) == 1)
        may_go_on.set()
        until(lambda: len(held._queue) == 2)
    one.join(LONG)
    later.join(LONG)
    assert order == ["began", "went on", "later"]


def _append_in_turn(held: Turns, order: list[str]) -> None:
    with held.turn():
        order.append("later")


def test_a_failing_turn_is_given_back() -> None:
    held = Turns(patience=LONG)
    with pytest.raises(ValueError, match="broken"), held.turn():
        raise ValueError("broken")
    with held.turn():
        assert len(held._began) == 1


def test_aside_without_a_turn_is_nothing() -> None:
    with turns.aside():
        pass
