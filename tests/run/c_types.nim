discard """
  disabled: "midair"
  output: '''
112488
12488
48888
6 5.0 15 cint cfloat
320 3 2147483647 4294967295
8
'''
"""
# Not there yet: the names of alias types (`cint`) in what `typeof` shows.
# The C types and their sizes on the C side.
echo sizeof(cchar), sizeof(cschar), sizeof(cshort), sizeof(cint), sizeof(clong), sizeof(clonglong)
echo sizeof(cuchar), sizeof(cushort), sizeof(cuint), sizeof(culong), sizeof(culonglong)
echo sizeof(cfloat), sizeof(cdouble), sizeof(csize_t), sizeof(pointer), sizeof(cstring)
let i: cint = 5
let f: cfloat = 2.5
echo i + 1, " ", f * 2, " ", i.int + 10, " ", typeof(i), " ", typeof(f)
echo 640.cint div 2, " ", cint(3.7), " ", high(cint), " ", high(cuint)
var u: cuint = 7
u += 1
echo u
