discard """
  errormsg: "invalid type: 'openArray[char]' for result"
  line: 6
"""
# Also where the body says what the result is.
proc part(): auto = toOpenArray("abc", 0, 1)
discard part().len
