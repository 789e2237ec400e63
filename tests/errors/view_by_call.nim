discard """
  errormsg: "'l' escapes its stack frame; context: 'same(l)'"
  line: 9
"""
# What a call gives a view of is its first argument.
proc same(x: var int): var int = x
proc own(): var int =
  var l = 1
  result = same(l)
