# SPDX-License-Identifier: Apache-2.0
"""The knowledge pack: size, load for one briefing, look-ups, path search, memory."""

from __future__ import annotations

from measure import Row, call, process

LOAD = """
import time
import msgspec, scc.content, scc.model.facts
start = time.process_time()
from scc import knowledge
pack = knowledge.open()
for id_ in ("T1190", "T1078", "T1685", "T1566.001", "T1486"):
    pack.technique(id_); pack.detection(id_); pack.resolve("attack", id_); pack.sigma(id_)
for id_ in ("CWE-287", "CWE-79", "CWE-1395"):
    pack.weakness(id_)
pack.kev("CVE-2024-34102")
pack.names("actor"); pack.names("malware"); pack.names("ransomware"); pack.names("tool")
pack.select(techniques=("T1190", "T1078", "T1685"), weaknesses=("CWE-287",), themes=("authentication",),
            frameworks=("nist-800-53r5", "nist-csf-2.0", "cis-v8", "iso-27001-2022", "soc2", "d3fend"))
print(time.process_time() - start)
"""
"""Everything that one briefing asks of the pack, in a fresh process that has the model imported.
CPU time: the work is one thread, and wall time on a busy machine says nothing about the pack."""


def rows() -> list[Row]:
    """Rows of the table; the load is timed inside a fresh process, without the start of Python."""
    import os
    import statistics
    import subprocess
    import sys

    from measure import ROOT
    from scc import content, knowledge

    size = sum(path.stat().st_size for path in content.open().file("pack").iterdir())
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    seconds = [
        float(
            subprocess.run(
                [sys.executable, "-c", LOAD],
                env=environment,
                cwd=ROOT,
                check=True,
                capture_output=True,
                text=True,
            ).stdout
        )
        for _ in range(7)
    ]
    load = statistics.median(seconds)
    _, nothing = process(["-c", "pass"], runs=3)
    _, loaded = process(["-c", LOAD], runs=3)
    pack = knowledge.open()
    ids = [each.id for each in pack.techniques()]
    pack.paths("cwe", "CWE-287", "nist-800-53r5")
    looked_up = call(lambda: [(pack.technique(id_), pack.resolve("attack", id_)) for id_ in ids]) / len(ids)
    path = call(lambda: pack.paths("cwe", "CWE-287", "nist-800-53r5"))
    far = call(lambda: pack.paths("attack", "T1190", "iso-27001-2022"))
    warned = call(lambda: [pack.warning("domain", f"{n}.example.net") for n in range(1000)]) / 1000
    return [
        Row("pack: size", "< 8 MB", f"{size / 1e6:.2f} MB", size < 8_000_000),
        Row("pack: load and use for one briefing", "< 150 ms", f"{load * 1000:.0f} ms CPU", load < 0.15),
        Row("pack: memory of that", "", f"{loaded - nothing:.0f} MB over Python", None),
        Row("pack: technique with its resolution", "", f"{looked_up * 1e6:.1f} us", None),
        Row("pack: paths CWE-287 to NIST 800-53", "", f"{path * 1000:.1f} ms", None),
        Row("pack: paths T1190 to ISO 27001", "", f"{far * 1000:.1f} ms", None),
        Row("pack: warning lists for a domain", "", f"{warned * 1e6:.1f} us", None),
    ]
