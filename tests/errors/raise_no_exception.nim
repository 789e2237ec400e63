discard """
  errormsg: "raised object of type ref NoException does not inherit from Exception"
  line: 6
"""
type NoException = object
raise (ref NoException)()
