discard """
  output: '''
on off on true
running
stopped
by itself
'''
"""
# Fields of a pure enum need its name; the same name may stand in two.
type
  Mode {.pure.} = enum on, off, auto
  Other {.pure.} = enum on, elsewhere
let m = Mode.on
echo m, " ", Mode.off, " ", Other.on, " ", Mode.auto in {Mode.on, Mode.auto}
proc describe(m: Mode): string =
  case m
  of Mode.on: "running"
  of Mode.off: "stopped"
  of Mode.auto: "by itself"
for m in Mode: echo describe(m)
