# SPDX-License-Identifier: Apache-2.0
"""Validators of other projects over exported files. `outside.py DIR [--node MODULES] [--out FILE]` (`make exports`).

DIR is what `scc export --all --out DIR` or `tools/exports.py --files DIR` wrote. Runs in an environment of its own, with
whatever is installed there of stix2-validator and mitreattack-python, and with node where there is one over
`@secvisogram/csaf-validator-lib` and `ical.js` in MODULES (`tools/outside_node.mjs`). Says what it could not run. Needs
nothing of SCC. Ends with 1 when a file has an error or a warning that is not explained here.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

EXPLAINED = {
    "103": "ids are UUIDs of version 5, so that a revision keeps them; section 2.9 of STIX 2.1 asks for version 4 only as SHOULD",
    "cwe": "the library's lists of CWE end before the version that the pack has: names held against its last one",
    "tenth": "the library divides binary fractions, so that 8.7 is no multiple of 0.1 to it; with a score near it the file passes",
    "302": "a reference has no hash: the sources' pages are not carried, and pages change",
}
"""Warnings by code, and why they stand: the numbers are stix2-validator's, the words of `outside_node.mjs`."""
Check = Callable[[Path], tuple[list[str], Counter[str]]]
"""(faults, explained warnings by code) of a file."""
_CODE = re.compile(r"\{([0-9]{3})\}")


def stix(path: Path) -> tuple[list[str], Counter[str]]:
    """Errors of a STIX bundle by stix2-validator, and warnings without an explanation."""
    from stix2validator import ValidationOptions, validate_file

    found = validate_file(str(path), ValidationOptions(version="2.1"))
    faults = [str(each) for part in found.object_results for each in part.errors]
    warned: Counter[str] = Counter()
    for part in found.object_results:
        for each in map(str, part.warnings or ()):
            code = _CODE.search(each)
            if code and code[1] in EXPLAINED:
                warned[code[1]] += 1
            else:
                faults.append(f"warning: {each}")
    return faults, warned


def layer(path: Path) -> tuple[list[str], Counter[str]]:
    """What mitreattack-python refuses of the Navigator layers of a file, and what it loses writing them again."""
    from mitreattack.navlayers import Layer

    layers = json.loads(path.read_text("utf-8"))
    faults = []
    for each in layers if isinstance(layers, list) else [layers]:
        made = Layer(strict=True)
        try:
            made.from_dict(each)
        except Exception as error:
            faults.append(f"{type(error).__name__}: {error}")
            continue
        again = made.to_dict()
        for key in ("name", "domain", "versions", "description"):
            if each.get(key) != again.get(key):
                faults.append(f"{key} differs after reading and writing")
        kept = ("techniqueID", "tactic", "comment", "score", "color", "enabled")
        old, new = (
            [{key: one.get(key) for key in kept if key in one} for one in side["techniques"]]
            for side in (each, again)
        )
        if sorted(map(str, old)) != sorted(str({key: one[key] for key in kept if key in one}) for one in new):
            faults.append("techniques differ after reading and writing")
    return faults, Counter()


CHECKS: dict[str, tuple[str, str, Check]] = {
    "stix": ("stix2-validator", "*.stix.json", stix),
    "navigator": ("mitreattack-python", "*.layer.json", layer),
}
BY_NODE = {
    "csaf": ("@secvisogram/csaf-validator-lib", "*.csaf.json"),
    "csaf-vex": ("@secvisogram/csaf-validator-lib", "*.csaf-vex.json"),
    "csaf-2.1": ("@secvisogram/csaf-validator-lib", "*.csaf21.json"),
    "ics": ("ical.js", "*.ics"),
}


def main() -> int:
    """Run what is installed; print a line a validator and the first faults."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--node", type=Path, help="folder `node_modules`")
    parser.add_argument("--out", type=Path, help="write the results there too, as Markdown")
    parser.add_argument("--only", default="", help="formats, with commas; rows of others stay in FILE")
    parser.add_argument("--of", default="", help="what the files are of, for the note")
    given = parser.parse_args()
    wanted = [each for each in given.only.split(",") if each] or [*CHECKS, *BY_NODE]
    results = [_python(given.folder, name, *each) for name, each in CHECKS.items() if name in wanted]
    results += [
        _node(given.folder, given.node, name, *each) for name, each in BY_NODE.items() if name in wanted
    ]
    for each in results:
        if "not_run" in each:
            print(f"{each['format']}: not run, {each['not_run']}")
            continue
        said = f"{each['format']}: {each['files']} files by {each['by']}, {len(each['faults'])} faults"
        print(said + "".join(f", {times} warnings {code}" for code, times in sorted(each["warned"].items())))
        for fault in each["faults"][:10]:
            print(f"  {fault[:300]}")
    for code in sorted({code for each in results for code in each.get("warned", ())} & set(EXPLAINED)):
        print(f"warning {code}: {EXPLAINED[code]}")
    if given.out:
        given.out.write_text(_note(results, given.of, _rows(given.out)), "utf-8")
    return 1 if any(each.get("faults") for each in results) else 0


def _rows(note: Path) -> dict[str, str]:
    """The rows of a note that is there, by format."""
    lines = note.read_text("utf-8").splitlines() if note.is_file() else []
    found = ((each.split("|")[1].strip(), each) for each in lines if each.startswith("| "))
    return {name: line for name, line in found if name in (*CHECKS, *BY_NODE)}


def _note(results: list[dict[str, Any]], of: str, before: dict[str, str]) -> str:
    """A table, the explanations, the faults; formats that did not run now keep the row they had."""
    lines = [
        "# Exports by validators of other projects",
        "",
        f"Written by `tools/outside.py DIR --node MODULES --out FILE` on {datetime.date.today().isoformat()} over what "
        f"`scc export --all` wrote{f' of {of}' if of else ''}.",
        "",
        "| format | by | files | faults | explained warnings |",
        "|---|---|---|---|---|",
    ]
    rows = dict(before)
    for each in results:
        name = each["format"]
        if "not_run" in each:
            rows[name] = f"| {name} | not run: {each['not_run']} | | | |"
            continue
        warned = ", ".join(f"{number} of {code}" for code, number in sorted(each["warned"].items()))
        rows[name] = f"| {name} | {each['by']} | {each['files']} | {len(each['faults'])} | {warned} |"
    lines += [rows[name] for name in (*CHECKS, *BY_NODE) if name in rows]
    codes = [code for code in EXPLAINED if any(f" of {code}" in each for each in rows.values())]
    lines += ["", *(f"- {code}: {EXPLAINED[code]}" for code in codes)] if codes else []
    faults = [one for each in results for one in each.get("faults", ())]
    lines += ["", "## Faults", "", *([f"- {each[:200]}" for each in faults[:40]] or ["None."])]
    return "\n".join(lines) + "\n"


def _python(folder: Path, name: str, package: str, pattern: str, check: Check) -> dict[str, Any]:
    try:
        release = version(package)
    except PackageNotFoundError:
        return {"format": name, "not_run": f"{package} is not installed"}
    files = sorted(folder.rglob(pattern))
    faults: list[str] = []
    warned: Counter[str] = Counter()
    for path in files:
        found, seen = check(path)
        faults += [f"{path.name}: {each}" for each in found]
        warned += seen
    return {
        "format": name,
        "by": f"{package} {release}",
        "files": len(files),
        "faults": faults,
        "warned": warned,
    }


def _node(folder: Path, modules: Path | None, name: str, package: str, pattern: str) -> dict[str, Any]:
    node = shutil.which("node")
    if node is None:
        return {"format": name, "not_run": f"node is not here ({package})"}
    if modules is None or not (modules / package / "package.json").is_file():
        return {"format": name, "not_run": f"{package} is not installed"}
    release = json.loads((modules / package / "package.json").read_text("utf-8"))["version"]
    files = sorted(folder.rglob(pattern))
    script = Path(__file__).with_name("outside_node.mjs")
    # The names go in by standard input: a command line has an end.
    asked = "\n".join(str(each.resolve()) for each in files)
    done = subprocess.run(
        [node, str(script), str(modules.resolve()), name],
        input=asked,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        return {
            "format": name,
            "by": f"{package} {release}",
            "files": len(files),
            "faults": [done.stderr[-500:]],
            "warned": {},
        }
    return {"format": name, "by": f"{package} {release}", "files": len(files), **json.loads(done.stdout)}


if __name__ == "__main__":
    sys.exit(main())
