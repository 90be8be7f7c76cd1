#!/usr/bin/env python3
"""Makes seattle.csv.gz from NOAA's table of normal hours (see README.md):

    npm pack vega-datasets@3.2.1
    python3 make.py vega-datasets-3.2.1.tgz

then prints the error of linear regression. Needs NumPy. The same package makes the same file.
"""

import csv
import datetime
import gzip
import io
import sys
import tarfile

import numpy as np

COLUMNS = ["day", "hour", "pressure", "wind", "temperature"]
SOURCE = "package/data/seattle-weather-hourly-normals.csv"


def hours(package):
    """One row per hour of the year: day 1 to 365, hour 0 to 23, hPa, m/s, degrees Celsius."""
    for row in csv.DictReader(io.TextIOWrapper(package.extractfile(SOURCE))):
        time = datetime.datetime.fromisoformat(row["date"])
        numbers = [row["pressure"], row["wind"], row["temperature"]]
        yield [time.timetuple().tm_yday, time.hour, *numbers]


def write(path, rows):
    """CSV in gzip, without time or name: the same bytes every time."""
    text = "".join(",".join(map(str, row)) + "\n" for row in [COLUMNS, *rows])
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.encode("ascii"))


def baseline(rows, seed=1):
    """Mean squared error of linear regression on a held-out fifth of the rows."""
    table = np.random.RandomState(seed).permutation(np.array(rows, float))
    x = np.column_stack([table[:, :-1], np.ones(len(table))])
    y = table[:, -1]
    known = len(table) * 4 // 5
    weights = np.linalg.lstsq(x[:known], y[:known], rcond=None)[0]
    return np.mean((x[known:] @ weights - y[known:]) ** 2)


def main():
    with tarfile.open(sys.argv[1]) as package:
        rows = list(hours(package))
    write("seattle.csv.gz", rows)
    print(f"{len(rows)} hours; mean squared error of linear regression: {baseline(rows):.2f}")


if __name__ == "__main__":
    main()
