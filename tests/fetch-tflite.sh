#!/bin/sh
# Fetches the TensorFlow Lite 2.9 C library that some tests compare with, from an npm package, into the folder given, and
# prints its path. 'npm pack' runs no install scripts of the package. Then:
#   export TINYNAS_TFLITE_LIBRARY="$(tests/fetch-tflite.sh FOLDER)"
set -eu
folder=${1:?usage: fetch-tflite.sh FOLDER}
case "$(uname -m)" in
  x86_64) kind=linux_amd64 ;;
  aarch64) kind=linux_arm64 ;;
  *) echo "no library for $(uname -m)" >&2; exit 1 ;;
esac
library=package/cc_deps/$kind/libtensorflowlite_c.so
mkdir -p "$folder"
cd "$folder"
if [ ! -f "$library" ]; then
  npm pack --silent tfjs-tflite-node@0.0.2 >&2
  tar -xzf tfjs-tflite-node-0.0.2.tgz "$library"
  rm tfjs-tflite-node-0.0.2.tgz
fi
echo "$(pwd)/$library"
