discard """
  errormsg: "not all cases are covered; missing: {'b', 'c'}"
  line: 6
"""
var c = 'a'
case c
of '\x00'..'a': discard
of 'd'..'\xFF': discard
