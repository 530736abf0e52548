"""Speaks to a running server."""

import requests
