discard """
  errormsg: "for 'bad' but expected '"
  line: 9
"""
type F = proc () {.raises: [ValueError].}
proc bad() = raise newException(IOError, "x")
proc ok() = raise newException(ValueError, "x")
let a: F = ok
let b: F = bad
