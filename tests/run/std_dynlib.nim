discard """
  output: '''
@["liba.so", "libb.so"]
2.0true
'''
"""
import dynlib
var c: seq[string]
libCandidates("lib(a|b).so", c)
echo c
let lib = loadLibPattern("libm.so(.6|)")
let f = cast[proc (x: cdouble): cdouble {.cdecl.}](lib.symAddr("floor"))
echo f(2.5), lib.symAddr("no_such_thing") == nil
lib.unloadLib
