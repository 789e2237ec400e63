discard """
  output: '''
main is main
false
'''
"""
import other
if isMainModule: echo "main is main"
echo otherIsMain()
