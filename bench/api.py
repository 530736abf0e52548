"""List, detail and create over HTTP on 100,000 assets and 200,000 orders, beside hand-written SQL in the same server.

Goal: the list takes at most 1.5 times the reference's time; p99 under 100 ms with 8 clients on 2 cores.
"""

import json
import os
import sys
from pathlib import Path
from urllib.parse import quote

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "server")]

from bench import _load, _place

ASSETS = int(os.environ.get("BENCH_ASSETS", "100000"))
ORDERS = int(os.environ.get("BENCH_ORDERS", "200000"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "8"))
COLUMNS = "number,title,state,priority,due_at,reported_at,asset_number,asset_name,place"


def measure(address: str, ids: list[str], asset_ids: list[str]) -> None:
    """Every figure on one running server."""
    from bench._fill import EMAIL

    cookie = _load.sign_in(address, EMAIL, _place.PASSWORD)
    asked = quote(json.dumps({"field": "state", "op": "eq", "value": "requested"}))
    ours = f"/api/work/orders?limit=100&sort=-reported_at&filter={asked}&columns={COLUMNS}"
    for clients in (1, 8):
        mine = _load.run(address, cookie, lambda _c, _n: ("GET", ours, None), clients, SECONDS)
        theirs = _load.run(
            address, cookie, lambda _c, _n: ("GET", "/api/bench/orders", None), clients, SECONDS
        )
        show(f"list of 100, {clients} client(s)", mine, theirs)
        mine = _load.run(
            address,
            cookie,
            lambda c, n: ("GET", f"/api/work/orders/{pick(ids, c, n)}", None),
            clients,
            SECONDS,
        )
        theirs = _load.run(
            address,
            cookie,
            lambda c, n: ("GET", f"/api/bench/orders/{pick(ids, c, n)}", None),
            clients,
            SECONDS,
        )
        show(f"detail, {clients} client(s) (ours: the whole page)", mine, theirs)
        made = _load.run(address, cookie, lambda c, n: create(asset_ids, c, n), clients, SECONDS)
        print(f"  {'create, ' + str(clients) + ' client(s)':<44} ours {made.line()}")


def pick(ids: list[str], client: int, n: int) -> str:
    """Another id at each call, spread over the whole table."""
    return ids[(client * 7919 + n * 104_729) % len(ids)]


def create(asset_ids: list[str], client: int, n: int) -> _load.Ask:
    """The request that makes an order."""
    body = {"title": f"Bench {client}-{n}", "asset_id": pick(asset_ids, client, n)}
    return ("POST", "/api/work/orders/create", json.dumps(body).encode())


def show(name: str, ours: _load.Result, reference: _load.Result) -> None:
    """Ours beside the reference, with the ratio of the median times."""
    print(f"  {name:<44} ours {ours.line()}")
    print(f"  {'':<44} ref. {reference.line()}   ratio of p50 {ours.at(0.5) / reference.at(0.5):.2f}")


def fill_and_measure(database: str, env: dict[str, str]) -> None:
    """Measures one database, filled before the server starts."""
    from bench import _fill

    ctx = _fill.found()
    asset_ids = [str(i) for i in _fill.assets(ctx, ASSETS)]
    ids = [str(i) for i in _fill.orders(ctx, ORDERS)]
    print(f"{database}: {ASSETS} assets, {ORDERS} orders", flush=True)
    with _place.serving(env) as address:
        measure(address, ids, asset_ids)


if __name__ == "__main__":
    _place.on_each(__file__, fill_and_measure)
