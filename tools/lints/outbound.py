"""Calls to other machines leave through one gateway, where addresses are judged, timed and logged."""

from __future__ import annotations

from collections.abc import Iterator

from tools.lints.source import Finding, Source, is_within

RULE = "outbound-call"
GATEWAY = ("kernel", "outbound")
CLIENTS = (
    "requests", "httpx", "aiohttp", "urllib3", "urllib.request", "http.client", "smtplib", "ftplib",
    "imaplib", "poplib", "paramiko", "websockets",
)  # fmt: skip
CONNECTORS = ("socket.create_connection", "asyncio.open_connection")


def look(source: Source) -> Iterator[Finding]:
    """Name each way out of the process that does not lead through the gateway."""
    if not source.is_server or is_gateway(source):
        return
    for line, name in source.imported():
        if is_within(name, CLIENTS):
            yield source.finding(line, RULE, f"{name}: go through {'.'.join(GATEWAY)}, the one gateway")
    speaks_socket = any(is_within(name, ("socket",)) for _, name in source.imported())
    for call, name in source.calls():
        if name in CONNECTORS or (speaks_socket and name.endswith((".connect", ".connect_ex"))):
            yield source.finding(
                call.lineno, RULE, f"{name}(...): go through {'.'.join(GATEWAY)}, the one gateway"
            )


def is_gateway(source: Source) -> bool:
    """Whether this file is the gateway or a part of it."""
    place = [*source.rooms, source.name.removesuffix(".py")]
    return tuple(place[:2]) == GATEWAY
