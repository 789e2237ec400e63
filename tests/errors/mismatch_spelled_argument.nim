discard """
  errormsg: "type mismatch: got <byte, float64>"
  line: 8
"""
proc send(octet: string, delay: int) = discard
var octet: byte
let delay = 0.5
send(octet, delay)
