"""Sends notices."""

import asyncio
import socket
import urllib.request  # bad
from http.client import HTTPSConnection  # bad

import httpx  # bad
import requests as web  # bad


def send(host):
    line = socket.socket()
    line.connect((host, 25))  # bad
    socket.create_connection((host, 25))  # bad
    return asyncio.open_connection(host, 25)  # bad
