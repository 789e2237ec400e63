discard """
  output: '''
[1, 3, 5, 7, 9]
'''
"""
# A Nim proc given to C: qsort with a comparison.
proc qsort(base: pointer, n, size: csize_t, cmp: proc (a, b: pointer): cint {.cdecl.}) {.importc, cdecl.}
proc byValue(a, b: pointer): cint {.cdecl.} =
  cmp(cast[ptr cint](a)[], cast[ptr cint](b)[]).cint
var xs = [5.cint, 3, 9, 1, 7]
qsort(addr xs[0], xs.len.csize_t, sizeof(cint).csize_t, byValue)
echo xs
