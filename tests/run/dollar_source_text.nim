discard """
  output: '''
r"a\b".len is 3
"a\r\n\t\e[0m\x01".len is 9
"q\"\\".len is 3
'''
"""
# Literals in the text of an expression.
template show(x: untyped) = echo astToStr(x), " is ", x
show r"a\b".len
show "a\r\n\t\e[0m\x01".len
show "q\"\\".len
