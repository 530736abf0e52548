"""The operator's figures: told to whoever may look, without names, addresses or ids, in the format that is read."""

import json
import logging
import re
import threading

import pytest
from django.test import Client

from trunnion.identity.commands import token
from trunnion.kernel.ids import uuid7
from trunnion.kernel.metrics import Counter, Durations
from trunnion.logs import Structured

METRICS = "/api/system/metrics"
LINE = re.compile(r'^[a-z_]+(\{[a-z_]+="[^"\n]*"(,[a-z_]+="[^"\n]*")*\})? [0-9.e+-]+$')


def test_only_whoever_may_look_is_told(tenant):
    assert Client().get(METRICS).status_code == 401
    assert tenant.client().get(METRICS).status_code == 200
    planner = tenant.person("read_only")
    from trunnion.identity.models import User

    client = tenant.client(User.objects.get(id=planner.actor_id).email)
    assert client.get(METRICS).status_code == 403
    made = token.issue(tenant.owner, name="Prometheus", permissions=["kernel.metrics.look"])
    reader = Client(headers={"Authorization": f"Bearer {made.token}"})
    assert reader.get(METRICS).status_code == 200
    assert reader.get("/api/work/orders").status_code == 403


def test_figures_can_be_read_and_name_nobody(tenant):
    client = tenant.client()
    unknown = str(uuid7())
    client.get(f"/api/work/orders/{unknown}")
    client.get("/api/NOBODY-KNOWS-THIS/x")
    client.generic("BREW", "/api/system/health")
    text = client.get(METRICS).content.decode()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert [line for line in lines if not LINE.match(line)] == []
    told = {line.partition(" ")[0].partition("{")[0] for line in lines}
    assert told >= {
        "trunnion_answers_total", "trunnion_answer_seconds_bucket", "trunnion_jobs", "trunnion_queue_late_seconds",
        "trunnion_disk_free_bytes", "trunnion_policy_reports_total",
    }  # fmt: skip
    for hidden in (unknown, "NOBODY-KNOWS-THIS", "BREW", tenant.owner_email, str(tenant.id), "127.0.0.1"):
        assert hidden not in text


def test_nothing_is_lost_between_threads():
    counted, timed = Counter("n", ""), Durations("t", "")

    def work() -> None:
        for _ in range(2000):
            counted.add(room="x")
            timed.took(0.02, room="x")

    threads = [threading.Thread(target=work) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert list(counted.samples()) == [("n", (("room", "x"),), 16000)]
    found = {(name, dict(labels).get("le")): value for name, labels, value in timed.samples()}
    assert found["t_bucket", "0.01"] == 0
    assert found["t_bucket", "0.025"] == found["t_bucket", "+Inf"] == found["t_count", None] == 16000
    assert found["t_sum", None] == pytest.approx(320)


def test_a_log_line_is_one_object_whatever_stands_in_it():
    try:
        raise ValueError("two\nlines")
    except ValueError:
        import sys

        record = logging.LogRecord("trunnion.http", 40, "f.py", 1, "a\nb %s", ("水泵",), sys.exc_info())
    line = Structured().format(record)
    assert "\n" not in line
    told = json.loads(line)
    assert (told["level"], told["logger"], told["message"]) == ("error", "trunnion.http", "a\nb 水泵")
    assert "ValueError: two" in told["fault"]
    assert told["at"].endswith("+00:00")
