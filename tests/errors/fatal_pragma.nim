discard """
  errormsg: "fatal error: stop here"
  line: 5
"""
{.fatal: "stop here".}
