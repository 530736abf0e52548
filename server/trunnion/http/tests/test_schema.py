"""Whatever fits the published description, and whatever does not, is answered as described and never with a fault.

Runs for TRUNNION_FUZZ_SECONDS (a night may take hours; a push takes less than a minute), over all operations in an
order that differs each time and is told, and takes each call back.
"""

import json
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from trunnion.http.api import api, mount
from trunnion.identity.tests.builders import found_tenant
from trunnion.kernel import contracts

from .population import populate
from .test_twins import undone

SECONDS = float(os.environ.get("TRUNNION_FUZZ_SECONDS") or 300)
# A push tries a fixed part of the operations, a night all of them.
MOST = 10_000 if os.environ.get("TRUNNION_FUZZ_SECONDS") else 22
# A push always asks the same, so that it fails only for what it changed; a night asks something new each time.
SEED = int(
    os.environ.get("TRUNNION_FUZZ_SEED") or (time.time() if os.environ.get("TRUNNION_FUZZ_SECONDS") else 1907)
)
EXAMPLES = 4 if MOST < 100 else max(4, int(SECONDS / 20))
CHECKS = (status_code_conformance, content_type_conformance, response_schema_conformance)


@pytest.fixture
def schema() -> Any:
    """The description; who calls is not left to the generator, or it would not come far."""
    mount()
    document = contracts.complete(json.loads(json.dumps(api.get_openapi_schema(), default=str)))
    document["components"].pop("securitySchemes")
    for methods in document["paths"].values():
        for operation in methods.values():
            operation.pop("security", None)
    found = schemathesis.openapi.from_dict(document)
    found.app = get_wsgi_application()
    return found


@contextmanager
def in_one_transaction() -> Iterator[None]:
    """The application in this thread leaves the test's connection open, as the framework's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def operations(schema: Any) -> Iterator[Any]:
    """Every operation, in the order of this run."""
    found = [result.ok() for result in schema.get_all_operations()]
    random.Random(SEED).shuffle(found)
    yield from found


@pytest.mark.django_db
def test_no_input_breaks_the_api(schema):
    tenant = found_tenant("Harbour Hospital")
    populate(tenant.id, "CANARY")
    client = tenant.client()
    headers = {"X-Trunnion-Door": "web", "Cookie": f"trunnion={client.cookies['trunnion'].value}"}
    until, wrong, tried = time.monotonic() + SECONDS, {}, 0
    with in_one_transaction():
        for operation in operations(schema):
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                if time.monotonic() > until or tried >= MOST:
                    break
                tried += 1
                if found := _try(operation, mode, headers):
                    wrong[f"{operation.label} {mode.value}"] = found
    told = "\n".join(f"{label}: {fault}" for label, faults in wrong.items() for fault in faults[:2])
    assert not wrong, f"TRUNNION_FUZZ_SEED={SEED}\n{told}"
    assert tried > 20


def _try(operation: Any, mode: GenerationMode, headers: dict[str, str]) -> list[str]:
    faults: list[str] = []

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case: Any) -> None:
        with undone():
            response = case.call(headers=headers)
        if response.status_code >= 500 and b"file_content_missing" not in response.content:
            faults.append(f"{response.status_code} {case.as_curl_command()}"[:1500])
        elif response.status_code >= 400:
            told = json.loads(response.content)
            if {"type", "title", "status", "code", "errors", "trace"} - told.keys():
                faults.append(f"no problem document: {response.content[:300]!r}")
        else:
            case.validate_response(response, checks=CHECKS)

    try:
        run()
    except Unsatisfiable:
        # There is nothing to get wrong about an operation that takes nothing.
        return faults
    except Exception as error:  # noqa: BLE001  (every operation is looked at before the test fails)
        faults.append(repr(error)[:1500])
    return faults
