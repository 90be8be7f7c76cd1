#!/usr/bin/env bash
# Writes the input of the notebooks, and executes them.
#   notebooks/run.sh           in place, to be committed
#   notebooks/run.sh --check   in target/; fails if one fails, or if its printed output differs from the committed one
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
if ! command -v jupyter-nbconvert > /dev/null; then
  echo "notebooks need: apt-get install --no-install-recommends jupyter-nbconvert python3-ipykernel python3-matplotlib" >&2
  exit 2
fi

printed() {
  python3 -c '
import json, sys
for cell in json.load(open(sys.argv[1]))["cells"]:
    for output in cell.get("outputs", []):
        print("".join(output.get("text", [])), end="")
' "$1"
}

mkdir -p target
../bin/drey plan --paper --json --memory-curves target/memory.csv > target/paper.json
export PYDEVD_DISABLE_FILE_VALIDATION=1 # suppresses a warning about debuggers
jupyter-nbconvert --log-level WARN --to notebook --execute --ExecutePreprocessor.record_timing=False \
  --output-dir target ./*.ipynb

for notebook in *.ipynb; do
  if [[ ${1:-} != --check ]]; then
    cp "target/$notebook" "$notebook"
  elif ! diff <(printed "$notebook") <(printed "target/$notebook"); then
    echo "$notebook: the printed output differs from the committed one; run notebooks/run.sh and compare" >&2
    exit 1
  fi
done
