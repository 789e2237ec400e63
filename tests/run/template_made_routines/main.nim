discard """
  output: '''
22 12.5 1
310 3
'''
"""
# Routines that a template of another module has made, with defaults and names of that module.
import maker

template twice(x: untyped): untyped = x + x
echo twice(plus(1)), " ", plus(2.5), " ", plus(1, first)
echo plusPlain(3), " ", plusPlain(3, first)
