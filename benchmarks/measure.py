# SPDX-License-Identifier: Apache-2.0
"""How the benchmarks measure: wall time of processes and calls, peak memory of a process. Median of runs."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Row:
    """A line of the table. `ok` is None when the target has no number to hold against."""

    work: str
    target: str
    measured: str
    ok: bool | None


def process(arguments: Sequence[str], runs: int = 5) -> tuple[float, float]:
    """Median wall seconds of a Python command line and the peak memory (MB) of its largest run."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    seconds, peaks = [], []
    for _ in range(runs):
        start = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, *arguments],
            env=environment,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        _, status, usage = os.wait4(child.pid, 0)
        seconds.append(time.perf_counter() - start)
        if child.stderr is not None:
            said = child.stderr.read().decode(errors="replace")
            child.stderr.close()
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, 1):
            raise RuntimeError(f"{' '.join(arguments)} ended with {child.returncode}: {said[-400:]}")
        peaks.append(usage.ru_maxrss / 1024)
    return statistics.median(seconds), max(peaks)


def call(function: Callable[[], object], runs: int = 5) -> float:
    """Median wall seconds of a call, after one to warm up."""
    function()
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        function()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def cpu(function: Callable[[], object], runs: int = 5) -> float:
    """Least seconds of this process's CPU of a call, after one to warm up: what one core spends, whatever else runs."""
    function()
    seconds = []
    for _ in range(runs):
        start = time.process_time()
        function()
        seconds.append(time.process_time() - start)
    return min(seconds)


def own_peak() -> float:
    """Peak memory of this process so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def machine() -> str:
    """Processor and number of cores, as the system names them."""
    import platform

    name = platform.processor() or platform.machine()
    cpus = Path("/proc/cpuinfo")
    if cpus.is_file():
        for line in cpus.read_text("utf-8", "replace").splitlines():
            if line.startswith("model name"):
                name = line.partition(":")[2].strip()
                break
    return f"{os.cpu_count()} cores {name}"
