discard """
  errormsg: "'s' is not the first parameter; context: 's[i]'"
  line: 6
"""
# A view is one of the first argument.
proc at(i: int, s: var seq[int]): var int = s[i]
