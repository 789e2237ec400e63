discard """
  errormsg: "expression cannot be cast to"
  line: 6
"""
var call: proc () {.closure.}
echo cast[pointer](call).isNil
