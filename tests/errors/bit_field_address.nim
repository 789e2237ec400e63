discard """
errormsg: "the address of a bit field"
line: 11
disabled: "nim"
"""
# The real Nim leaves this to the C compiler.
type Flags = object
  a {.bitsize: 3.}: cuint
var f: Flags
proc change(x: var cuint) = x = 1
change(f.a)
