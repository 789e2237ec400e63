discard """
  errormsg: "'untyped' is only allowed in templates and macros or magic procs"
  line: 5
"""
proc f(x: untyped) = discard
