discard """
  errormsg: "invalid type: 'openArray[int]' in this context: 'proc (a: openArray[openArray[int]])' for proc"
  line: 5
"""
proc f(a: openArray[openArray[int]]) = echo a.len
f([[1,2],[3,4]])
