"""The scores of a Lighthouse report, in a line, and what kept a category from 100."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(path: Path) -> None:
    """Prints the four scores of a report and, below each that is not full, the audits that failed."""
    report = json.loads(path.read_text(encoding="utf-8"))
    categories = report["categories"].values()
    scores = ", ".join(f"{category['title']} {round(100 * (category['score'] or 0))}" for category in categories)
    print(f"{report['finalDisplayedUrl']}: {scores}")
    for category in categories:
        for reference in category["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                print(f"  {category['title']}: {audit['title']} {audit.get('displayValue', '')}".rstrip())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
