discard """
  errormsg: "invalid order in enum 'beyond'"
  line: 10
  disabled: "nim"
"""
# The real Nim ends with an overflow of its own.
type
  Wide = enum
    last = 9223372036854775807
    beyond
