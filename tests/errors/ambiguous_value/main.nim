discard """
  errormsg: "ambiguous identifier: 'count' -- use one of the following:"
  line: 8
"""
# A variable of one import and routines of another are equally near, whichever comes first.
import shapes, std/strutils
doAssert "banana".count('a') == 3
let n = count
