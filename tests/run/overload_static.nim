discard """
  output: '''
static 3
dynamic
static a
dynamic string
'''
"""
# A parameter that is known while compiling is the closer one, where the argument is.
proc f(x: static int): string = "static " & $x
proc f(x: int): string = "dynamic"
proc f(x: static string): string = "static " & x
proc f(x: string): string = "dynamic string"
var number = 3
var text = "a"
echo f(3)
echo f(number)
echo f("a")
echo f(text)
