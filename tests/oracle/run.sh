#!/usr/bin/env bash
# Compiles and runs each case of tests/run and tests/errors with the real Nim and compares what it does with the
# case's header, with threads on as in Nim 2. Expected outputs are what the real Nim prints; this script is how they stay so.
#
#   tests/oracle/run.sh [--accept] [--lib] [CASE…]     CASE: a file, or nothing for all
#
# --lib puts the modules of lib/std in the place of Nim's own, so that the real Nim tests them.
# --accept (or ACCEPT=1) writes what the program printed into the header; read the result before committing it.
# NIM names the compiler, JOBS how many run side by side, ORACLE_CACHE where compiled cases are kept.
set -u

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tests=$(dirname "$here")
nim=${NIM:-nim}
cache=${ORACLE_CACHE:-${TMPDIR:-/tmp}/midair-oracle}
export ACCEPT=${ACCEPT:-0}

# The header: the lines between `discard """` and `"""` at the top of a file.
header() { awk 'NR==1 && /^discard """/ {on=1; next} on && /^"""/ {exit} on' "$1"; }
# A one-line field, without its quotes.
field() { header "$1" | awk -v k="$2" '$1 == k":" { sub(/^[^:]*: */, ""); gsub(/^"|"$/, ""); gsub(/\\"/, "\""); print; exit }'; }
has_output() { header "$1" | grep -q "^ *output: '''"; }
# The text between `output: '''` and `'''`.
output() { header "$1" | awk "/^ *output: '''/ {on=1; next} on && /^ *'''/ {exit} on"; }

write_header() { # FILE OUTPUT STATUS
  local file=$1 text=$2 status=$3 tmp
  tmp=$(mktemp)
  {
    echo 'discard """'
    header "$file" | awk "/^ *output: '''/ {skip=1} !skip && !/exitcode:/ {print} skip && /^ *'''/ {skip=0}"
    [ "$status" = 0 ] || echo "  exitcode: $status"
    echo "  output: '''"
    cat "$text"
    echo "'''"
    echo '"""'
    awk 'NR==1 && /^discard """/ {on=1; next} on==1 && /^"""/ {on=2; next} on!=1' "$file"
  } >"$tmp"
  cat "$tmp" >"$file"
  rm -f "$tmp"
}

fail() { echo "FAIL ${1#"$tests"/}: $2"; }

check_error() { # FILE DIR: the case must not compile, with the message on the line
  local file=$1 dir=$2 want line place log
  want=$(field "$file" errormsg) line=$(field "$file" line) log=$dir/log
  place=$(field "$file" file); place=${place:-$(basename "$file")}
  # Some errors are found only when code is generated, which `check` does not do.
  if timeout 120 "$nim" check --gc:orc --threads:on --hints:off --warnings:off --colors:off "$file" >"$log" 2>&1 &&
    timeout 120 "$nim" c --compileOnly --gc:orc --threads:on --hints:off --warnings:off --colors:off \
      --nimcache:"$dir/c" "$file" >"$log" 2>&1; then
    fail "$file" "compiles"; return 1
  fi
  if ! grep -F -- "$want" "$log" | grep -qF "$place($line, "; then
    fail "$file" "expected at $place line $line: $want"; grep -m3 Error "$log"; return 1
  fi
}

one() {
  local file=$1 name dir want status got=0
  name=${file#"$tests"/}; name=${name%.nim}
  dir=$cache/$name; mkdir -p "$dir"
  if [ "$(field "$file" disabled)" = nim ]; then echo "skip"; return; fi
  if [ -n "$(field "$file" errormsg)" ]; then
    check_error "$file" "$dir" && echo pass; return
  fi
  if ! timeout 120 "$nim" c --gc:orc --threads:on --hints:off --warnings:off --colors:off --opt:none \
      --nimcache:"$dir/c" -o:"$dir/program" "$file" >"$dir/log" 2>&1; then
    fail "$file" "does not compile"; head -5 "$dir/log"; return
  fi
  (cd "$dir" && timeout 60 ./program $(field "$file" args) >out 2>err </dev/null) || got=$?
  if [ "$ACCEPT" = 1 ] && [ -z "$(field "$file" outputsub)" ]; then write_header "$file" "$dir/out" "$got"; fi
  want=$(field "$file" exitcode)
  if [ "$got" != "${want:-0}" ]; then
    fail "$file" "exit status $got, expected ${want:-0}"; tail -3 "$dir/err"; return
  fi
  if has_output "$file" && ! diff <(output "$file") "$dir/out" >"$dir/diff"; then
    fail "$file" "output differs"; head -10 "$dir/diff"; return
  fi
  want=$(field "$file" outputsub)
  if [ -n "$want" ] && ! cat "$dir/out" "$dir/err" | grep -qF -- "$want"; then
    fail "$file" "does not print: $want"; tail -3 "$dir/err"; return
  fi
  echo pass
}

if [ "${1:-}" = --one ]; then one "$2"; exit; fi
if [ "${1:-}" = --accept ]; then export ACCEPT=1; shift; fi
if [ "${1:-}" = --lib ]; then
  export ORACLE_CACHE=$cache/lib XDG_CONFIG_HOME=$cache/lib/config; shift
  mkdir -p "$XDG_CONFIG_HOME/nim"
  # Not those whose names are also those of parts of `system`, which would be replaced with them.
  for module in "$tests"/../lib/std/*.nim; do
    name=$(basename "$module" .nim)
    case $name in sets | assertions | atomics | syncio) continue ;; esac
    echo "patchFile(\"stdlib\", \"$name\", \"$(realpath "${module%.nim}")\")"
  done >"$XDG_CONFIG_HOME/nim/config.nims"
fi
shopt -s nullglob
cases=("$@")
[ ${#cases[@]} -gt 0 ] || cases=("$tests"/run/*.nim "$tests"/run/*/main.nim "$tests"/errors/*.nim "$tests"/errors/*/main.nim)
log=$(mktemp)
for c in "${cases[@]}"; do realpath "$c"; done |
  xargs -d '\n' -P "${JOBS:-2}" -n 1 "$0" --one >"$log"
grep -vx -e pass -e skip "$log"
passed=$(grep -cx pass "$log") skipped=$(grep -cx skip "$log") failed=$(grep -c '^FAIL' "$log")
rm -f "$log"
echo "$passed passed, $failed failed, $skipped not for the real Nim"
[ "$failed" = 0 ]
