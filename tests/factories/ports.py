"""Ports for servers that tests and benchmarks start."""

import socket


def free_port() -> int:
    """One that nobody listened on a moment ago."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
