#!/usr/bin/env bash
# Compares the parser's trees with those of the real Nim, file by file.
#
#   tests/oracle/ast.sh [FILE…]      nothing: the whole library of the installed Nim
#
# A macro of ast.nim writes the tree of each file as text; the ignored test `trees_are_those_of_nim` compares.
# NIM names the compiler, NIM_LIB its library.
set -eu

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/out"
if [ $# -gt 0 ]; then
  realpath "$@" >"$work/files"
else
  find "${NIM_LIB:-/usr/lib/nim}" -name '*.nim' | sort >"$work/files"
fi
timeout 600 "${NIM:-nim}" c --hints:off --warnings:off --maxLoopIterationsVM:2000000000 --compileOnly \
  --nimcache:"$work/cache" -d:listFile="$work/files" -d:outDir="$work/out" "$here/ast.nim"
MIDAIR_NIM_TREES=$work cargo test --test syntax -- --ignored --nocapture trees_are_those_of_nim
