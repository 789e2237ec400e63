discard """
  errormsg: "invalid type: 'openArray[int]' in this context: 'proc (x: seq[int]): (int, openArray[int])' for proc"
  line: 6
"""
# An open array looks at elements that are somebody else's, who may be gone by the time of the return.
proc parts(x: seq[int]): (int, openArray[int]) = discard
discard parts(@[1])
