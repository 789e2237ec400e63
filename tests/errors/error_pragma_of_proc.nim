discard """
  errormsg: "do not call; usage of 'bad' is an {.error.} defined at "
  line: 6
"""
proc bad() {.error: "do not call".} = discard
bad()
