discard """
  errormsg: "type mismatch: got <NimNode, int literal(2)>"
  line: 6
"""
import std/macros
macro m(): untyped = newLit(1) + 2
