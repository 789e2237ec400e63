discard """
  errormsg: "a thread var cannot be initialized explicitly; this would only run for the main thread"
  line: 5
"""
var x {.threadvar.}: int = 5
echo x
