#!/bin/sh
# Makes the virtual environment of the peers in build/peers, pinned. Needs Python 3.11 or later. Usage: bench/peers/setup.sh
set -eu
cd "$(dirname "$0")/../.."
[ -x build/peers/bin/python ] || python3 -m venv build/peers
build/peers/bin/pip install --quiet --disable-pip-version-check -r bench/peers/requirements.txt
build/peers/bin/python -c 'import lightgbm, xgboost, catboost, sklearn, shap, onnxruntime, duckdb; print("peers are ready")'
