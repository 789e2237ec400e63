discard """
  errormsg: "invalid order in enum 'beyond'"
  line: 8
"""
type
  Wide = enum
    last = 9223372036854775807
    beyond
