discard """
  errormsg: "'nil' is now invalid for 'string'"
  line: 6
"""
var s = "x"
echo s == nil
