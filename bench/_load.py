"""Clients: threads that send requests over kept connections for a while, and what they measured."""

import http.client
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Result:
    """The latencies of one run, in seconds, and its length."""

    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0
    failures: int = 0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def at(self, share: float) -> float:
        """The latency in milliseconds below which this share lies."""
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000 if ordered else float("nan")

    def line(self) -> str:
        """The run in one line."""
        broken = f"  FAILED {self.failures}" if self.failures else ""
        return f"{self.rate:8.1f}/s  p50 {self.at(0.5):7.2f} ms  p99 {self.at(0.99):7.2f} ms{broken}"


Ask = tuple[str, str, bytes | None]


def sign_in(address: str, email: str, password: str) -> str:
    """The cookies of a signed-in session."""
    connection = http.client.HTTPConnection(address, timeout=30)
    body = json.dumps({"email": email, "password": password})
    connection.request("POST", "/api/identity/sign-in", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != 200:
        raise RuntimeError(text)
    return "; ".join(cookie.split(";")[0] for cookie in answer.headers.get_all("Set-Cookie") or [])


def run(address: str, cookie: str, asks: Callable[[int, int], Ask], clients: int, seconds: float) -> Result:
    """Lets `clients` threads send what `asks(client, n)` says, after a short warm-up."""
    result, lock = Result(), threading.Lock()
    until = time.perf_counter() + seconds

    def client(number: int) -> None:
        connection = http.client.HTTPConnection(address, timeout=60)
        headers = {"Cookie": cookie, "X-Trunnion-Door": "web", "Content-Type": "application/json"}
        own, failed, n = [], 0, 0
        while time.perf_counter() < until:
            method, path, body = asks(number, n)
            n += 1
            began = time.perf_counter()
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.read()
            own.append(time.perf_counter() - began)
            failed += answer.status >= 300
        with lock:
            result.latencies += own
            result.failures += failed

    began = time.perf_counter()
    threads = [threading.Thread(target=client, args=(i,)) for i in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.seconds = time.perf_counter() - began
    return result
