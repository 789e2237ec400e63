discard """
  output: '''
1 true c 2.5 text


-101
tab	quote"backslash\
'''
"""
# echo takes any number of values, each shown through `$`, with no space between them.
echo 1, " ", true, " ", 'c', " ", 2.5, " ", "text"
echo()
echo ""
echo -1, 0, 1
echo "tab\tquote\"backslash\\"
