"""Starts a server."""

import subprocess

subprocess.run(["trunnion"], check=True)
