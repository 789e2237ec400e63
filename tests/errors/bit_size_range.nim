discard """
errormsg: "a bit field of this type has 1 to 8 bits, not 9"
line: 8
disabled: "nim"
"""
# The real Nim leaves this to the C compiler.
type Flags = object
  a {.bitsize: 9.}: uint8
