discard """
  output: '''
5 123456789012 X 4.0
'''
"""
# C functions of the process, without a header.
proc cabs(x: cint): cint {.importc: "abs", cdecl.}
proc clabs(x: clong): clong {.importc: "labs", cdecl.}
proc ctoupper(c: cint): cint {.importc: "toupper", cdecl.}
proc csqrt(x: cdouble): cdouble {.importc: "sqrt", cdecl.}
echo cabs(-5), " ", clabs(clong(-123456789012)), " ", chr(ctoupper('x'.ord.cint)), " ", csqrt(16.0)
