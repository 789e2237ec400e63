discard """
  output: '''
main
'''
"""
# isMainModule holds in the program's own file.
when isMainModule:
  echo "main"
else:
  echo "not main"
