discard """
  output: '''
0
@[]
'''
"""
# Arguments of the program: none by default.
import std/os
echo paramCount()
echo commandLineParams()
