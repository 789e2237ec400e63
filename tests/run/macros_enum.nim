discard """
  output: '''
Color.red
Color.green
Color.blue
'''
"""
# An enum and a proc for it, made of names.
import macros
macro makeEnum(name: untyped, fields: varargs[untyped]): untyped =
  var fs: seq[NimNode]
  for f in fields: fs.add f
  result = newStmtList(newEnum(name, fs, public = false, pure = false))
  let nameLit = newLit($name)
  result.add quote do:
    proc describe(x: `name`): string = `nameLit` & "." & $x
makeEnum Color, red, green, blue
for c in Color: echo c.describe

