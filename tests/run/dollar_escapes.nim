discard """
  output: '''
@["a\nb", "tab\t", "q\"q", "back\\slash"]
@['\n', 'x', '\'', '\"', '\\']
(s: "\e[0m", c: '\x00')
@["é"]
'''
"""
# Strings and chars inside of containers are shown quoted, with escapes.
echo @["a\nb", "tab\t", "q\"q", "back\\slash"]
echo @['\n', 'x', '\'', '"', '\\']
echo (s: "\e[0m", c: '\0')
echo @["é"]
