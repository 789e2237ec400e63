discard """
  errormsg: "not supported yet: the module 'smtp'"
  line: 7
  disabled: "nim"
"""
# The real Nim has it.
import std/smtp
