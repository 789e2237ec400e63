discard """
  output: '''
'''
"""
# `nil` beside `nil`, and as an argument.
doAssert nil == nil
doAssert nil.isNil
var p: pointer = nil
doAssert p == nil and nil == p
var r: ref int
doAssert r.isNil and r == nil
let s: proc() = nil
doAssert s == nil
proc f[T](x: ref T): string = "generic"
proc f(x: ref int): string = "ref int"
doAssert f(nil) == "ref int"
