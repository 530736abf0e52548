"""Prints orders."""

import asyncio
import os
import subprocess  # bad
from subprocess import run  # bad


def show(path):
    os.system(path)  # bad
    os.execv(path, [path])  # bad
    return asyncio.create_subprocess_exec(path)  # bad
