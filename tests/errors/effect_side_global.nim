discard """
  errormsg: "'f' can have side effects"
  line: 6
"""
var glob = 1
func f(): int = glob
