"""The settings of tests: a home of their own, made before anything reads it, and the playground room."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if "TRUNNION_HOME" not in os.environ:
    # Two runs beside each other must never share a database file, nor touch the data of the checkout.
    os.environ["TRUNNION_HOME"] = tempfile.mkdtemp(prefix="trunnion-test-")
    atexit.register(shutil.rmtree, os.environ["TRUNNION_HOME"], ignore_errors=True)
elif _worker and Path(os.environ["TRUNNION_HOME"]).name != _worker:
    # Workers beside each other compare whole folders before and after: each has its own.
    os.environ["TRUNNION_HOME"] = str(Path(os.environ["TRUNNION_HOME"]) / _worker)
os.environ.setdefault("TRUNNION_SECRET", "a secret for tests only")

from trunnion.settings import *  # noqa: E402, F403
from trunnion.settings import INSTALLED_APPS as ROOMS  # noqa: E402

# A room is tested while those above it are being rebuilt: TRUNNION_TEST_ROOMS=identity,attach leaves the others out.
_wanted = {"kernel", *filter(None, os.environ.get("TRUNNION_TEST_ROOMS", "").split(","))}
INSTALLED_APPS = [app for app in ROOMS if len(_wanted) == 1 or app.split(".")[1] in _wanted]
INSTALLED_APPS.append("trunnion.kernel.tests.playground.apps.Config")
TRUNNION_DELIVERY = "inline"
