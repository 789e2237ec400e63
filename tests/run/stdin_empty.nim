discard """
  output: '''
true
EOF
false 0
'''
"""
# Standard input is at its end.
echo stdin.endOfFile
try:
  echo stdin.readLine()
except EOFError:
  echo "EOF"
var line: string
echo stdin.readLine(line), " ", line.len
