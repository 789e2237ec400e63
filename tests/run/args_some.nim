discard """
  args: one two=2 3
  output: '''
3 @["one", "two=2", "3"]
one|3
no fourth
'''
"""
import std/os
echo paramCount(), " ", commandLineParams()
echo paramStr(1), "|", paramStr(3)
try:
  echo paramStr(4)
except IndexDefect:
  echo "no fourth"
