"""Sends notices."""

from urllib.parse import urlencode

from trunnion.kernel import outbound


def send(signal, url):
    signal.connect(print)
    return outbound.post(url + urlencode({"a": 1}))
