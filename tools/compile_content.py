# SPDX-License-Identifier: Apache-2.0
"""Turns the YAML folders of `content/` into JSON, so that a cold start parses no YAML.

python tools/compile_content.py            # write src/scc/content/compiled/
python tools/compile_content.py --check    # exit 1 if a compiled file is missing or stale
"""

from __future__ import annotations

import sys

from scc.content.loader import COMPILED, ROOT, compile_folder, compiled_name, is_fresh


def folders() -> list[str]:
    """Folders that hold YAML records, as `Content.records` names them."""
    found = {path.relative_to(ROOT).parts[0] for path in ROOT.rglob("*.yaml")} - {"rubrics", "compiled"}
    single = {path.relative_to(ROOT).with_suffix("").as_posix() for path in (ROOT / "rubrics").glob("*.yaml")}
    nested = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "rubrics").glob("*/*.yaml")}
    return sorted(found | nested | single)


def main() -> int:
    """Write or check; 0 when everything is fresh."""
    if "--check" in sys.argv[1:]:
        stale = [folder for folder in folders() if not is_fresh(folder)]
        for folder in stale:
            print(f"stale: content/compiled/{compiled_name(folder)}; run `make generated`", file=sys.stderr)
        return 1 if stale else 0
    COMPILED.mkdir(exist_ok=True)
    for folder in folders():
        (COMPILED / compiled_name(folder)).write_bytes(compile_folder(folder))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
