"""Writes what tests/unit/benchmark-golden.test.ts compares with: python -m models.tools.benchmark"""

from .golden import PATH, golden_bytes

PATH.parent.mkdir(parents=True, exist_ok=True)
PATH.write_bytes(golden_bytes())
print(f"{PATH}: {PATH.stat().st_size:,} bytes")
