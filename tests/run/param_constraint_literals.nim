discard """
  output: '''
variable
constant
literal
raw
triple
string literal
string literal
no string literal
'''
"""
# How a literal is written tells overloads apart.
proc somefunc(s: string)                 = echo "variable"
proc somefunc(s: string{nkStrLit})       = echo "literal"
proc somefunc(s: string{nkRStrLit})      = echo r"raw"
proc somefunc(s: string{nkTripleStrLit}) = echo """triple"""
proc somefunc(s: static[string])         = echo "constant"
var variable = "variable"
somefunc(variable)
const constant = "constant"
somefunc(constant)
somefunc("literal")
somefunc(r"raw")
somefunc("""triple""")
proc optLit(a: string{lit|`const`}) =
  echo "string literal"
proc optLit(a: string) =
  echo "no string literal"
const c2 = "abc"
optLit("literal")
optLit(c2)
optLit(variable)
