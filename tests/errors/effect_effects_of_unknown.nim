discard """
  errormsg: "parameter name expected"
  line: 5
"""
proc call(f: proc ()) {.effectsOf: g.} = f()
