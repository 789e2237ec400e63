discard """
  output: '''
hello, world
'''
"""
echo "hello, world"
