discard """
  output: '''
int a
string b
seq c
0.00
'''
"""
# `type X` as a parameter's type is `typedesc[X]`; such routines are told apart by the type they are given.
proc read(T: type int, text: string): string = "int " & text
proc read(T: type string, text: string): string = "string " & text
proc read(T: type seq, text: string): string = "seq " & text
echo int.read("a")
echo string.read("b")
echo read(seq[char], "c")
proc zero(T: type SomeNumber): T = T(0)
echo float.zero, zero(int8)
