discard """
  errormsg: "not supported yet: the module 'httpclient'"
  line: 7
  disabled: "nim"
"""
# The real Nim has it.
import std/httpclient
