discard """
  output: '''
[Traceback (most recent call last), stack_trace_off, f]
[f, stack_trace_off]
[stack_trace_off]
[inner, stack_trace_off]
'''
"""
# Procs with `stackTrace: off` are not named in traces.
import std/[algorithm, strutils]

proc names(trace: string): string =
  var all: seq[string]
  for line in trace.splitLines:
    if line.startsWith("Traceback"): all.add line
    elif line.len > 0: all.add line.splitWhitespace[^1]
  # The helpers of the library differ between compilers.
  for helper in ["sysFatal", "names", "reversed"]:
    let at = all.find(helper)
    if at >= 0: all.delete(at)
  if all.len > 1 and not all[0].startsWith("Traceback"): all.reverse
  "[" & all.join(", ") & "]"

proc f(kind: int) =
  if kind == 0:
    echo names(getStackTrace())
  else:
    raise newException(ValueError, "x")

proc hidden(kind: int) {.stackTrace: off.} = f(kind)

{.push stackTrace: off.}
proc alsoHidden = raise newException(ValueError, "y")
proc between(kind: int) =
  proc inner = raise newException(ValueError, "z")
  inner()
{.pop.}

{.push checks: off, stackTrace: off.}
{.push stackTrace: on.}
proc inner = raise newException(ValueError, "w")
{.pop.}
proc outer = inner()
{.pop.}

hidden(0)
try: hidden(1)
except ValueError as e: echo names(e.getStackTrace)
try: alsoHidden()
except ValueError as e: echo names(e.getStackTrace)
try: outer()
except ValueError as e: echo names(e.getStackTrace)
