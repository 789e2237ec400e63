discard """
  output: '''
13 42-abc-1.50-z
'''
"""
# C's varargs: snprintf into a buffer of ours.
proc snprintf(buf: cstring, n: csize_t, frmt: cstring): cint {.importc, varargs, cdecl.}
var buf: array[64, char]
let n = snprintf(cast[cstring](addr buf[0]), sizeof(buf).csize_t, "%d-%s-%.2f-%c", 42.cint, "abc".cstring, 1.5.cdouble, 'z'.ord.cint)
echo n, " ", cast[cstring](addr buf[0])
