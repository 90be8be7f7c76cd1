#!/usr/bin/env python3
"""Makes flights.csv.gz of the flights in vega-datasets (see README.md):

    npm pack vega-datasets@3.2.1
    python3 make.py vega-datasets-3.2.1.tgz

The same package makes the same file.
"""

import csv
import gzip
import io
import json
import sys
import tarfile
from pathlib import Path

with tarfile.open(sys.argv[1]) as package:
    flights = json.load(package.extractfile("package/data/flights-20k.json"))
text = io.StringIO()
rows = csv.writer(text, lineterminator="\n")
rows.writerow(["date", "delay", "distance", "origin", "destination"])
for flight in flights:  # ordered by time
    date = flight["date"].replace("/", "-").replace(" ", "T")
    rows.writerow([date] + [flight[c] for c in ("delay", "distance", "origin", "destination")])
out = Path(__file__).with_name("flights.csv.gz")
out.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))
late = sum(flight["delay"] > 15 for flight in flights)
print(f"{len(flights)} flights, {late} more than 15 minutes late, {out.stat().st_size} bytes")
