discard """
  errormsg: "invalid type: 'iterable[int]' in this context: 'proc (a: iterable[int])' for proc"
  line: 6
"""
# Only templates and macros take calls of iterators.
proc f(a: iterable[int]) = discard
