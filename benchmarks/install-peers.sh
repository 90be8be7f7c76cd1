#!/usr/bin/env bash
# Installs what the measurements are made beside: PyTorch and NumPy, Debian's own packages.
# May be called again; does nothing then.
set -euo pipefail

packages=(python3-torch python3-numpy)
if /usr/bin/python3 -c 'import numpy, torch.distributed' 2> /dev/null; then
  echo "PyTorch $(/usr/bin/python3 -c 'import torch; print(torch.__version__)') is there already"
  exit 0
fi

run=()
if [[ $(id -u) -ne 0 ]]; then
  command -v sudo > /dev/null || { echo "install-peers: must be root, or have sudo" >&2; exit 1; }
  run=(sudo)
fi
echo "installing ${packages[*]} with apt-get (some 500 MB) ..."
"${run[@]}" apt-get update
"${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${packages[@]}"
/usr/bin/python3 -c 'import numpy, torch; print("PyTorch", torch.__version__, "is there")'
