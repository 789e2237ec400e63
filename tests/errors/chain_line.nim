discard """
  errormsg: "type mismatch: got <string, string>"
  line: 9
"""
# A call stands where its dot is.
import std/strutils
discard "abc"
  .toUpperAscii()
  .repeat("x")
