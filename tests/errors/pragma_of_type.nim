discard """
  errormsg: "invalid pragma: foobarpragma"
  line: 5
"""
type T {.foobarpragma.} = object
