discard """
  errormsg: "invalid pragma: raises"
  line: 5
"""
proc g() {.raises.} = discard
