discard """
  errormsg: "invalid pragma: redefine"
  line: 6
  disabled: "nim"
"""
proc p() {.redefine.} = discard
# Of Nim 2, for templates only (changelog of 2.0: "Changes affecting backward compatibility").
