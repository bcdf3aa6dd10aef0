"""The page and the picture of what servers did."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure

from benchmarks.servers.contest import OPEN_DOORS
from benchmarks.servers.crowds import PROCESSES, Crowds
from benchmarks.servers.long import Long
from benchmarks.servers.workload import Found

SIZE_INCHES = (9.0, 3.4)
OURS, FLOOR = "unipole", "floor"
TARGETS = {"diplomacy": 30.0, "boardgame.io": 4.0, "Colyseus": 0.25}
SHARED = 0.9
"""Of what one process does with a second of CPU, several should do so much at least."""
STORM_P99_MS, STUCK = 250.0, 1.2
JOIN_S = {40: 3.0}
"""For so many people; for others ``MORE_JOIN_S``."""
MORE_JOIN_S = 10.0
P99_MS, SOCKET_KIB, SESSION_KIB = 50.0, 60.0, 500.0
HEAD = """# Servers

How many orders servers take, ours beside others, measured by `make servers`, which writes this page and its picture.

Every seat has a socket of its own and sends a sealed order, which replaces the one before; an answer counts when the driver has it. In the
*closed loop* a seat sends the next as soon as the last was answered, all seats at once; *paced*, it sends one every ten seconds, spread
over the ten seconds. Server and driver share the machine. Ours has an order on disk before it answers, has decided it by the rules and made
the events that each seat may know of it; `diplomacy` saves its games every ten minutes, the others keep them in memory, and their games
here are one figure a seat. The *floor* is what is left without any game: the bytes of a message synced to a file, then one word.

Orders a second of CPU are those of the server with all its processes and its store. They move less with what else is busy on the machine
than orders a second, so ratios are given in both; of orders a second each server's best run counts. On a busy machine (a load over the
number of cores, below) read the figures as upper bounds of time and memory, and trust the second ratio. Beside it stands how many cores
the server and its driver kept busy: a driver that takes a whole core bounds the orders a second of its server. With all seats waiting for
an answer all the time, the median wait is the number of seats by the orders a second, and says nothing of its own.

Where the time of ours goes, sampled in a closed loop: of a hundred parts of its process, about thirty decide orders, spell them for the
log and take them in, twenty read and check what comes in, twenty write answers and events, and the rest is the loop itself and the way to
the store. Four fifths are the interpreter's own work and a ninth is the kernel's; JSON, msgpack, the checks of frames, the client of the
store and the loop, all of them compiled, share what is left, so quicker ones would gain next to nothing. What has come in for a
session by the time its turn comes, or while its last append is on the way, is decided together and appended together; one group of appends
is on the way at a time, so that the next is larger. What a socket is owed goes out in one piece at the end of a turn of the loop, without a
task, and only sockets of those who were told something are looked after; what is counted of orders is written once a turn. Which drafts and
operations are open is listed once a state of the game, not once an order.
"""


def page(found: Sequence[Found], missing: Sequence[str], long: Long | None = None, many: Crowds | None = None) -> str:
    """The page in Markdown."""
    closed = _best([each for each in found if not each.workload.every_s])
    paced = [each for each in found if each.workload.every_s]
    load = os.getloadavg()[0]
    machine = f"Machine: {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}, Python {platform.python_version()}."
    lifted = f"Limits that were lifted for ours: {', '.join(f'`{name}`' for name in OPEN_DOORS)}."
    parts = [
        HEAD,
        f"{machine} {lifted}\n",
        *(f"Missing: {sentence}\n" for sentence in missing),
    ]
    if closed:
        one = closed[0].workload
        parts += [f"## Closed loop: {one.sessions} sessions of {one.seats} seats\n", _table(closed), "![Orders a second](servers.png)\n"]
        parts += ["## Against the others\n", _ratios(closed)]
    if paced:
        one = paced[0].workload
        title = f"## Paced: {one.sessions} sessions of {one.seats} seats, one order of each every {one.every_s:g} s\n"
        parts += [title, _table(paced), _kept(paced)]
    if many is not None:
        parts += ["## Many at once\n", _many(many)]
    if long is not None:
        parts += ["## A long session\n", _long(long)]
    return "\n".join(parts)


def _long(long: Long) -> str:
    return (
        f"{long.turns} turns of random bots: {long.entries:,} entries, {long.events:,} events. From the store it is opened, until "
        f"every seat can be welcomed, in {long.opened_s:.2f} s of CPU ({long.wall_s:.2f} s by the clock, with the store's work); under 1 s "
        f"wished. Without the snapshot that lies beside its log it would take {long.folded_s:.2f} s.\n\n"
        f"An order of a seat is decided, laid down and taken in, at the median, in {long.early_ms:.2f} ms of CPU at its start and in "
        f"{long.late_ms:.2f} ms at its end, {long.late_ms / max(long.early_ms, 1e-9):.2f} times as much; at most 1.2 times wished.\n"
    )


def _many(many: Crowds) -> str:
    storm, slower = many.storm, many.beside_ms / many.alone_ms
    rows = [
        (f"{storm.answers} orders at once, one session, {PROCESSES} processes: p99", f"{storm.p99_ms:.0f} ms", f"{STORM_P99_MS:g} ms"),
        ("an order beside a socket that does not read, times as long as without it", f"{slower:.2f}", f"{STUCK:g}"),
    ]
    for each in many.joins:
        most = JOIN_S.get(each.people, MORE_JOIN_S)
        rows.append((f"{each.people} people join at once: the last has the first view after", f"{each.seconds:.1f} s", f"{most:g} s"))
    return "\n".join(["| what | figure | at most wished |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


def _best(rows: Sequence[Found]) -> list[Found]:
    """Of several runs of one server the one with the most orders: the others had less of the machine."""
    best: dict[str, Found] = {}
    for row in rows:
        if row.server not in best or row.a_second > best[row.server].a_second:
            best[row.server] = row
    return list(best.values())


def _table(rows: Sequence[Found]) -> str:
    lines = [
        "| server | on disk | orders/s | orders/CPU-s | cores: server + driver | p50 ms | p99 ms | KiB a session | KiB an idle socket |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.server} | {row.durable} | {row.a_second:,.0f} | {row.a_cpu_second:,.0f} | {row.cores[0]:.2f} + {row.cores[1]:.2f} "
        f"| {row.answers.p50_ms:.1f} | {row.answers.p99_ms:.1f} | {_kib(row.kib_per_session)} | {_kib(row.kib_per_socket)} |"
        for row in rows
    ]
    return "\n".join(lines) + "\n"


def _kib(value: float) -> str:
    """Too little to be told from what a collector of garbage gives back is none."""
    return f"{value:,.1f}" if value >= 0.1 else "-"  # noqa: PLR2004 - a tenth is what is shown


def _ratios(rows: Sequence[Found]) -> str:
    own = next((row for row in rows if row.server == OURS), None)
    if own is None:
        return ""
    lines = ["| beside | times its orders/s | times its orders/CPU-s | wished for |", "|---|---|---|---|"]
    for row in rows:
        wish = next((factor for name, factor in TARGETS.items() if row.server.startswith(name)), None)
        if wish is not None or row.server == FLOOR:
            ratios = f"{own.a_second / row.a_second:.2f} | {own.a_cpu_second / row.a_cpu_second:.2f}"
            lines.append(f"| {row.server} | {ratios} | {'-' if wish is None else f'{wish:g}'} |")
    more = [row for row in rows if row.server.startswith(OURS) and row is not own]
    shares = [(row.server, row.a_cpu_second / own.a_cpu_second) for row in more]
    said = [f"\n{name}: {share:.2f} times the orders a second of CPU of one; {SHARED} wished." for name, share in shares]
    return "\n".join([*lines, *said]) + "\n"


def _kept(rows: Sequence[Found]) -> str:
    """What was wished for under the paced workload, and what came of it."""
    told = []
    for row in rows:
        if row.server.startswith(OURS):
            wishes = (
                (row.answers.p99_ms, P99_MS, "ms at the 99th percentile"),
                (row.kib_per_socket, SOCKET_KIB, "KiB an idle socket"),
                (row.kib_per_session, SESSION_KIB, "KiB a session"),
            )
            said = "; ".join(
                f"{value:,.1f} {unit}, under {most:g} wished: {'yes' if value < most else 'no'}" for value, most, unit in wishes
            )
            told.append(f"{row.server}: {said}.\n")
    return "\n".join(told)


def plot(found: Sequence[Found], place: Path) -> None:
    """Orders a second, and a second of CPU, as bars on a logarithmic scale."""
    rows = _best([each for each in found if not each.workload.every_s])[::-1]
    figure = Figure(figsize=SIZE_INCHES, layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    names = [row.server for row in rows]
    colours = ["#1f5a8c" if row.server.startswith(OURS) else "#b9b9b9" for row in rows]
    second, cpu_second = [row.a_second for row in rows], [row.a_cpu_second for row in rows]
    for axes, values, label in ((left, second, "orders a second"), (right, cpu_second, "orders a CPU second")):
        bars = axes.barh(names, values, color=colours)
        axes.bar_label(bars, fmt="{:,.0f}", padding=3, fontsize=8)
        axes.set_xscale("log")
        axes.set_xlim(right=3 * max(values))
        axes.set_xlabel(label)
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(place, dpi=110, metadata={"Software": None})
