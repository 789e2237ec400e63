#!/usr/bin/env bash
# Nim's own modules, taken as they are from where Nim is installed, pass the cases of ours.
#   tests/oracle/nimlib.sh      MIDAIR names the command, NIM_LIB the directory of Nim's modules
set -u
tests=$(dirname "$(dirname "$(realpath "$0")")")
midair=${MIDAIR:-$tests/../target/debug/midair}
lib=${NIM_LIB:-/usr/lib/nim/lib}
[ -f "$lib/pure/strutils.nim" ] || { echo "skipped: Nim is not installed"; exit 0; }
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; mkdir "$dir/cases"; failed=0
for m in pure/{algorithm,hashes,math,options,parseutils,strutils} \
  pure/collections/{sequtils,deques,hashcommon,heapqueue,setimpl,sets,tableimpl,tables}; do
  cp "$lib/$m.nim" "$dir/"
done
# Those of json and sequtils need macros that are not built in.
for c in algorithm deques heapqueue math_ints options parseutils sets strutils_{align,case,find,format,split} \
  tables_{growth,ordered}; do
  file=$tests/run/lib_$c.nim
  sed 's#^import std/\[\(.*\)\]#import \1#; s#^import std/#import #; s#, std/#, #' "$file" >"$dir/cases/lib_$c.nim"
  awk "/output: '''/ {on=1; next} on && /^'''/ {exit} on" "$file" >"$dir/want"
  "$midair" run --path:"$dir" --path:"$lib" "$dir/cases/lib_$c.nim" 2>/dev/null | cmp -s - "$dir/want" ||
    { echo "FAIL lib_$c"; failed=1; }
done
exit $failed
