discard """
  output: '''
15 5 more 15
'''
"""
# An included file is a part of the module, private names included.
const base = 10
include part
include "inc/more.nim"
echo fromPart(), " ", partConst, " ", more
