# SPDX-License-Identifier: Apache-2.0
"""Validators of other projects over exported files. `outside.py DIR` in an environment of its own (`make exports`).

DIR is what `scc export --all --out DIR` wrote. Uses whatever is installed of stix2-validator and mitreattack-python and
says what it could not run. Needs nothing of SCC. Ends with 1 when a file has an error.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

Check = Callable[[Path], list[str]]


def stix(path: Path) -> list[str]:
    """Errors of a STIX bundle by stix2-validator."""
    from stix2validator import ValidationOptions, validate_file

    found = validate_file(str(path), ValidationOptions(version="2.1"))
    return [str(each) for part in found.object_results for each in part.errors]


def layer(path: Path) -> list[str]:
    """What mitreattack-python refuses of the Navigator layers of a file, loaded and written again."""
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
        if {t["techniqueID"] for t in again["techniques"]} != {t["techniqueID"] for t in each["techniques"]}:
            faults.append("techniques differ after reading and writing")
    return faults


CHECKS: dict[str, tuple[str, str, Check]] = {
    "STIX": ("stix2-validator", "*.stix.json", stix),
    "Navigator": ("mitreattack-python", "*.layer.json", layer),
}


def main() -> int:
    """Run what is installed; print a line a validator and the first faults."""
    folder = Path(sys.argv[1])
    count: Counter[str] = Counter()
    for name, (package, pattern, check) in CHECKS.items():
        try:
            release = version(package)
        except PackageNotFoundError:
            print(f"{name}: not run, {package} is not installed")
            continue
        files = sorted(folder.rglob(pattern))
        faults = [(path, fault) for path in files for fault in check(path)]
        count["faults"] += len(faults)
        print(f"{name}: {len(files)} files by {package} {release}, {len(faults)} errors")
        for path, fault in faults[:10]:
            print(f"  {path.name}: {fault[:200]}")
    return 1 if count["faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
