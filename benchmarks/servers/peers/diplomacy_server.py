"""A server of the ``diplomacy`` package on a port that is free, keeping its games in a folder of its own: diplomacy_server.py FOLDER."""

from __future__ import annotations

import socket
import sys
from typing import Any

import bcrypt
from diplomacy import Map, Server

COST = 4
"""Signing in is no part of the workload, and at the cost the package has it takes most of a second of CPU a seat."""


class OneMap(Server):  # type: ignore[misc]  # the package has no types
    """A server that knows the standard map alone: working out the convoys of the others takes an hour at the first start."""

    def _load_available_maps(self) -> None:
        board = Map("standard")
        names = ("loc_type", "loc_abut", "aliases")
        known = {"powers": list(board.powers), "supply_centers": list(board.scs)}
        self.available_maps["standard"] = known | {name: getattr(board, name).copy() for name in names}


def main() -> None:
    """Serve until killed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    dear: Any = bcrypt.gensalt
    bcrypt.gensalt = lambda _rounds=COST, prefix=b"2b": dear(COST, prefix)
    server = OneMap(server_dir=sys.argv[1])
    print(f"Listening on http://127.0.0.1:{port}", flush=True)
    server.start(port=port)


if __name__ == "__main__":
    main()
