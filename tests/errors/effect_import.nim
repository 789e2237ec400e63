discard """
  errormsg: "'f' can have side effects"
  line: 6
"""
proc puts(s: cstring): cint {.importc, sideEffect.}
func f() = discard puts("a")
