discard """
  output: '''
no newline
1 2.5 true
line 3
ab
'''
"""
stdout.write "no newline"
stdout.write('\n')
stdout.write(1, ' ', 2.5, ' ', true, '\n')
stdout.writeLine("line ", 3)
write(stdout, "a", "b")
stdout.flushFile()
echo ""
stderr.writeLine "not here"
